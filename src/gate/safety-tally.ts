import type { BlastRadius } from '../model/blast-radius.ts';
import type { Plan, PlanRow } from '../model/plan.ts';
import type { RowResult } from '../model/run.ts';
import type { EffectSums, SafetySummary } from '../model/safety.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { addToRow, emptyRowSafety, heldCounts, rowSafetyResult } from './row-safety.ts';
import type { RowCounts } from './row-status.ts';
import { safetySummary } from './safety-figures.ts';
import { type Tolerated, tolerancesOf } from './tolerance.ts';

/** Counts violations and attacks while trials come in; it grows with the rows of a run, not with its trials. */
export interface SafetyTally {
  /** Adds a trial of the row at that index. */
  add(row: number, result: TrialResult): void;
  /** What the result of a row says of safety. */
  row(row: number, counts: RowCounts): Partial<RowResult>;
  /** How the trials of a row ended, tolerated violations aside. */
  held(row: number, counts: RowCounts): RowCounts;
  /** What the run says of safety; undefined where there is nothing to say. */
  summary(): SafetySummary | undefined;
  /** Sums of what calls did to the world; undefined where no trial says it. */
  blast(): EffectSums | undefined;
  /** Tolerances that no violation met. */
  warnings(): string[];
}

/** Starts the counts of a run. */
export function safetyTally({ rows, suites }: Pick<Plan, 'rows' | 'suites'>): SafetyTally {
  const counts = rows.map(emptyRowSafety);
  const bySuite = new Map(suites.map(({ suite, gate }) => [suite, tolerancesOf(gate)]));
  const tolerances = rows.map((row) =>
    (bySuite.get(row.suite) ?? []).filter((one) => one.covers(row)),
  );
  const attacked = new Set(rows.flatMap((row) => (row.attack === null ? [] : [groupKey(row)])));
  const met = new Set<Tolerated>();
  let blast: Record<string, number> | undefined;
  return {
    add: (at, result) => {
      const safety = counts[at];
      if (!safety || rows[at]?.skip !== undefined) return;
      if (result.status === 'skip' && !result.unjudged) return;
      addToRow(safety, result, tolerances[at] ?? [], met);
      if (result.status !== 'skip' && result.blast_radius)
        blast = addNumbers(blast, result.blast_radius);
    },
    row: (at, of) => {
      const [row, safety] = [rows[at], counts[at]];
      return row && safety ? rowSafetyResult(row, of, safety, attacked.has(groupKey(row))) : {};
    },
    held: (at, of) => heldCounts(of, counts[at] ?? emptyRowSafety()),
    summary: () => {
      const counted = rows.map((row, at) => ({ row, safety: counts[at] ?? emptyRowSafety() }));
      return safetySummary(counted.filter(({ row }) => row.skip === undefined));
    },
    blast: () => blast,
    warnings: () => {
      const asked = new Set(tolerances.flat()); // those of rows that a filter left out were not
      return [...bySuite].flatMap(([suite, all]) =>
        all.filter((one) => asked.has(one) && !met.has(one)).map((one) => unmetWords(suite, one)),
      );
    },
  };
}

function groupKey({ suite, agent }: PlanRow): string {
  return JSON.stringify([suite, agent]);
}

function unmetWords(suite: string, { words }: Tolerated): string {
  return `${suite}: gate.tolerate names ${words}, which nothing violated`;
}

/** Adds the numbers of what one trial did. */
function addNumbers(sums: EffectSums = Object.create(null), more: BlastRadius): EffectSums {
  for (const [key, value] of Object.entries(more)) {
    if (typeof value === 'number') sums[key] = (sums[key] ?? 0) + value;
  }
  return sums;
}
