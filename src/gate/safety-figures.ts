import { groupBy } from '../json/group-by.ts';
import type { PlanRow } from '../model/plan.ts';
import type {
  AttackFigure,
  EntryFigure,
  RateInterval,
  SafetySummary,
  Utility,
} from '../model/safety.ts';
import { rateInterval, type TaskCount } from '../stats/rate-interval.ts';
import { countsForGate } from './gated-row.ts';
import { type AttackCounts, noAttacks, type RowSafety } from './row-safety.ts';

/** A counted row with its counts. */
export interface CountedRow {
  readonly row: PlanRow;
  readonly safety: RowSafety;
}

/** Adds the counts of rows that were run up, of those in quarantine the violations alone; undefined where no attack is mounted and nothing was violated. */
export function safetySummary(run: readonly CountedRow[]): SafetySummary | undefined {
  const violations = sum(run, ({ safety }) => safety.violations);
  const open = sum(run, ({ safety }) => safety.not_tolerated);
  const rows = run.filter(({ row }) => countsForGate(row));
  const groups = [...groupBy(rows, ({ row }) => JSON.stringify([row.suite, row.agent])).values()];
  const attacked = groups.filter((group) => group.some(isAttacked));
  if (violations === 0 && attacked.length === 0) return undefined;
  return {
    violations,
    tolerated: violations - open,
    utility: attacked.map((group) => ({
      ...namesOf(group),
      clean: utilityOf(group.filter((one) => !isAttacked(one))),
      attacked: utilityOf(group.filter(isAttacked)),
    })),
    attacks: attacked.flatMap(byAttack),
    agents: attacked.map((group) => ({ ...namesOf(group), ...attackFigure(countsOf(group)) })),
    entry_tools: attacked.flatMap(byTool),
  };
}

/** Counts with their rate. */
type AttackRate = AttackCounts & {
  attack_success_rate: number | null;
  interval: RateInterval | null;
};

type NamedCounts = readonly { readonly task: string | null; readonly counts: AttackCounts }[];

function isAttacked({ row }: CountedRow): boolean {
  return row.attack !== null;
}

function namesOf([first]: readonly CountedRow[]): { suite: string; agent: string } {
  return { suite: first?.row.suite ?? '', agent: first?.row.agent ?? '' };
}

function byAttack(group: readonly CountedRow[]): AttackFigure[] {
  const attacks = groupBy(group.filter(isAttacked), ({ row }) => row.attack ?? '');
  return [...attacks].map(([attack, rows]) => ({
    ...namesOf(group),
    attack,
    ...attackFigure(countsOf(rows)),
  }));
}

function byTool(group: readonly CountedRow[]): EntryFigure[] {
  const entries = group.flatMap(({ row, safety }) =>
    [...safety.tools].map(([tool, counts]) => ({ tool, task: row.task, counts })),
  );
  return [...groupBy(entries, ({ tool }) => tool)].map(([tool, counts]) => ({
    ...namesOf(group),
    tool,
    ...attackFigure(counts),
  }));
}

function countsOf(rows: readonly CountedRow[]): NamedCounts {
  return rows
    .filter(isAttacked)
    .map(({ row, safety }) => ({ task: row.task, counts: safety.attack }));
}

function attackFigure(rows: NamedCounts): AttackRate {
  const all = noAttacks();
  for (const { counts } of rows) {
    for (const key of Object.keys(all) as (keyof AttackCounts)[]) all[key] += counts[key]; // its own keys
  }
  const tasks = taskCounts(
    rows.map(({ task, counts }) => ({ task, happened: counts.succeeded, trials: counts.decided })),
  );
  const { decided, succeeded } = all;
  return {
    ...all,
    attack_success_rate: decided === 0 ? null : succeeded / decided,
    interval: rateInterval(tasks),
  };
}

function utilityOf(rows: readonly CountedRow[]): Utility {
  const solved = sum(rows, ({ safety }) => safety.utility.solved);
  const decided = sum(rows, ({ safety }) => safety.utility.decided);
  const tasks = taskCounts(
    rows.map(({ row: { task }, safety: { utility } }) => ({
      task,
      happened: utility.solved,
      trials: utility.decided,
    })),
  );
  const rate = decided === 0 ? null : solved / decided;
  return { solved, decided, rate, interval: rateInterval(tasks) };
}

/** Adds rows of one task up. */
function taskCounts(rows: readonly (TaskCount & { readonly task: string | null })[]): TaskCount[] {
  return [...groupBy(rows, ({ task }) => task).values()].map((own) => ({
    happened: sum(own, ({ happened }) => happened),
    trials: sum(own, ({ trials }) => trials),
  }));
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
