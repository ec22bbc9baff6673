import path from 'node:path';
import { holdGate } from '../gate/gate.ts';
import type { GatedRow } from '../gate/gated-row.ts';
import { safetyTally } from '../gate/safety-tally.ts';
import type { RowResult, RunSummary } from '../model/run.ts';
import type { GateStatus } from '../model/status.ts';
import { rowsOfTrials } from '../report/rows.ts';
import { addTrial, emptyFigures, emptyTally, rowResult, totalsOf } from '../run/tally.ts';
import { runFiles } from '../store/run-files.ts';
import { storeFault } from '../store/store-fault.ts';
import type { StoredRun } from '../store/stored-run.ts';

/** What a run comes to by its trials. */
type Recount = Pick<RunSummary, 'rows' | 'totals' | 'gate'>;

const ROW = [
  ...(['suite', 'task', 'agent', 'attack', 'status', 'trials'] as const),
  ...(['passed', 'failed', 'errored', 'skipped', 'pass_rate', 'score'] as const),
  ...(['not_tolerated', 'unsure'] as const),
] as const;
const TOTALS = [
  ...(['planned', 'pass', 'fail', 'error', 'skip'] as const),
  ...(['pass_rate', 'score', 'cost_usd'] as const),
] as const;
/** Sums of the same numbers in another order differ by less than this share. */
const ROUNDING = 1e-9;
const WORST_FIRST: readonly GateStatus[] = ['fail', 'error', 'inconclusive', 'pass'];

/** Holds what a finished run says of itself against its trials: a folder may come from elsewhere, and a report tells the former. Throws `store_fault` where they do not agree. */
export async function holdAgainstTrials(run: StoredRun): Promise<void> {
  const { summary } = run;
  if (summary === null) return; // reports add it up themselves
  const words = disagreement(summary, await recount(run));
  if (words === null) return;
  throw storeFault(`"${path.join(run.dir, runFiles.summary)}"`, words);
}

/** Adds the trials of a run up as `eval` does. */
async function recount(run: StoredRun): Promise<Recount> {
  const { plan } = run;
  const rowOf = rowsOfTrials(run);
  const tallies = plan.rows.map(() => emptyTally(true));
  const figures = emptyFigures();
  const safety = safetyTally(plan);
  for await (const result of run.trials()) {
    const at = rowOf.get(result.id) ?? -1;
    const tally = tallies[at];
    if (!tally) continue;
    addTrial(tally, figures, result);
    safety.add(at, result);
  }
  const gated = plan.rows.map((row, at): GatedRow => {
    const tally = tallies[at] ?? emptyTally();
    const { cost_usd, priced, seconds } = tally;
    return {
      row,
      result: rowResult(row, tally, safety.row(at, tally)),
      held: safety.held(at, tally),
      spent: { cost_usd, priced, seconds: seconds ?? [] },
    };
  });
  const rows = gated.map(({ result }) => result);
  const gates = new Map(plan.suites.map(({ suite, gate }) => [suite, gate]));
  const gate = holdGate(gated, gates, safety.summary()?.attacks);
  return { rows, totals: totalsOf(rows, figures), gate };
}

/** Where a run says something else than its trials; null where it does not. A gate may be worse than they make it: a baseline may have failed it. */
function disagreement({ rows, totals, gate }: RunSummary, found: Recount): string | null {
  if (rows.length !== found.rows.length) {
    return `it has ${rows.length} rows, and ${found.rows.length} were planned`;
  }
  for (const [at, row] of found.rows.entries()) {
    const words = differing(ROW, rows[at] ?? row, row);
    if (words !== null) return `of row ${at + 1} (${nameOf(row)}) ${words}`;
  }
  const words = differing(TOTALS, totals, found.totals);
  if (words !== null) return `of all trials ${words}`;
  if (WORST_FIRST.indexOf(gate.status) <= WORST_FIRST.indexOf(found.gate.status)) return null;
  return `it says that its gate is "${gate.status}", and by its trials that is "${found.gate.status}"`;
}

function differing<Key extends string>(
  keys: readonly Key[],
  told: Readonly<Partial<Record<Key, unknown>>>,
  found: Readonly<Partial<Record<Key, unknown>>>,
): string | null {
  const key = keys.find((one) => !isAlike(told[one], found[one]));
  if (key === undefined) return null;
  const [said, counted] = [told[key], found[key]].map((value) => JSON.stringify(value ?? null));
  return `it says that ${key} is ${said}, and by its trials that is ${counted}`;
}

function isAlike(one: unknown, other: unknown): boolean {
  if (typeof one !== 'number' || typeof other !== 'number')
    return (one ?? null) === (other ?? null);
  return Math.abs(one - other) <= ROUNDING * Math.max(1, Math.abs(one), Math.abs(other));
}

function nameOf({ suite, task, agent, attack }: RowResult): string {
  return [suite, task, agent, attack].filter((name) => name !== null).join(', ');
}
