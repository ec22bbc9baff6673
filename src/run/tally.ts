import { countsForGate, type GatedRow } from '../gate/gated-row.ts';
import { decimalSum } from '../json/decimal-sum.ts';
import type { PlanRow } from '../model/plan.ts';
import { type RowCounts, rowStatus } from '../model/row-status.ts';
import type { RowResult, Totals } from '../model/run.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { forEachK, passAtK, passHatK } from '../stats/pass-at-k.ts';

const counterOf = { pass: 'passed', fail: 'failed', error: 'errored', skip: 'skipped' } as const;

/** Running sums of one row. */
export interface RowTally {
  passed: number;
  failed: number;
  errored: number;
  skipped: number;
  scores: number;
  scored: number;
  cost_usd: number;
  /** Trials that were run and whose cost is known. */
  priced: number;
  /** Times of decided trials, null where no gate asks. */
  readonly seconds: number[] | null;
}

/** Running sums of a run's figures. */
export type FigureTally = Record<
  'cost_usd' | 'input_tokens' | 'output_tokens' | 'duration_ms',
  number | null
>;

/** Starts a row; `timed` keeps the time of each trial. */
export function emptyTally(timed = false): RowTally {
  return {
    ...{ passed: 0, failed: 0, errored: 0, skipped: 0, scores: 0, scored: 0 },
    ...{ cost_usd: 0, priced: 0, seconds: timed ? [] : null },
  };
}

/** Starts the figures of a run. */
export function emptyFigures(): FigureTally {
  return { cost_usd: null, input_tokens: null, output_tokens: null, duration_ms: null };
}

/** Adds a finished trial. */
export function addTrial(tally: RowTally, figures: FigureTally, result: TrialResult): void {
  tally[counterOf[result.status]]++;
  if (result.score !== null) {
    tally.scores += result.score;
    tally.scored++;
  }
  addSpent(tally, result);
  for (const key of ['cost_usd', 'input_tokens', 'output_tokens', 'duration_ms'] as const) {
    const value = result[key];
    if (value !== null) figures[key] = decimalSum([figures[key] ?? 0, value]);
  }
}

/** What an errored trial cost is spent; how long it would have taken is not known. */
function addSpent(tally: RowTally, { status, cost_usd, duration_ms }: TrialResult): void {
  if (cost_usd !== null) {
    tally.cost_usd = decimalSum([tally.cost_usd, cost_usd]);
    if (status !== 'skip') tally.priced++;
  }
  const isDecided = status === 'pass' || status === 'fail';
  if (isDecided && duration_ms !== null) tally.seconds?.push(duration_ms / 1000);
}

/** The figures of a row, with what is said of its safety. */
export function rowResult(
  row: PlanRow,
  tally: RowTally,
  safety: Partial<RowResult> = {},
): RowResult {
  const { passed, failed, errored, skipped } = tally;
  const decided = passed + failed;
  return {
    suite: row.suite,
    task: row.task,
    agent: row.agent,
    attack: row.attack,
    status: row.skip === undefined ? rowStatus(row.pass, tally, row.left_out) : 'skip',
    ...(row.skip !== undefined && { skip: row.skip }),
    ...(row.quarantine && { quarantine: row.quarantine }),
    ...(row.digest !== undefined && { digest: row.digest }),
    trials: row.trials,
    ...(row.grown_from !== undefined && { grown_from: row.grown_from }),
    passed,
    failed,
    errored,
    skipped,
    pass_rate: decided === 0 ? null : passed / decided,
    score: tally.scored === 0 ? null : tally.scores / tally.scored,
    pass_at_k: forEachK(decided, passed, passAtK),
    pass_hat_k: forEachK(decided, passed, passHatK),
    ...safety,
  };
}

/** A row with what its gate goes by. */
export function gatedRow(
  row: PlanRow,
  result: RowResult,
  held: RowCounts,
  { cost_usd, priced, seconds }: RowTally,
): GatedRow {
  return { row, result, held, spent: { cost_usd, priced, seconds: seconds ?? [] } };
}

/** The figures of a run. */
export function totalsOf(rows: readonly RowResult[], figures: FigureTally): Totals {
  const counted = rows.filter(countsForGate);
  const sum = (key: 'trials' | 'passed' | 'failed' | 'errored' | 'skipped') =>
    rows.reduce((total, row) => total + row[key], 0);
  return {
    planned: sum('trials'),
    pass: sum('passed'),
    fail: sum('failed'),
    error: sum('errored'),
    skip: sum('skipped'),
    score: meanOf(counted.map((row) => row.score)),
    pass_rate: meanOf(counted.map((row) => row.pass_rate)),
    pass_at_k: meanByK(counted.map((row) => row.pass_at_k)),
    pass_hat_k: meanByK(counted.map((row) => row.pass_hat_k)),
    ...figures,
  };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Mean over the rows of each k that every row has. */
function meanByK(rows: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const [first = {}] = rows;
  const means: Record<string, number> = {};
  for (const k of Object.keys(first)) {
    const values = rows.map((row) => row[k] ?? null);
    const mean = values.includes(null) ? null : meanOf(values);
    if (mean !== null) means[k] = mean;
  }
  return means;
}
