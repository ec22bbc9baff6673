import type { DiffInterval, FigureChange } from '../model/diff.ts';
import { comparePassHatK } from '../stats/compare-pass-hat-k.ts';
import { comparePassRates, type PassRateComparison } from '../stats/compare-pass-rates.ts';
import { compareQuantile } from '../stats/compare-quantile.ts';
import { compareRatios } from '../stats/compare-ratios.ts';
import { compareScores } from '../stats/compare-scores.ts';
import type { ComparedInterval, CompareOptions } from '../stats/compared-tasks.ts';
import { meanOf } from '../stats/standard-error.ts';
import type { PairedRow } from './compared-rows.ts';
import type { ReadSide } from './read-side.ts';
import { type Clusters, type ScoredRows, scoredRows } from './scored-rows.ts';
import type { TrialFigure } from './trial-columns.ts';

/** What figures are computed from: rows that are compared, in both runs. */
export interface FigureSource {
  readonly base: ReadSide;
  readonly head: ReadSide;
  readonly rows: readonly PairedRow[];
  readonly clusters: Clusters;
  readonly level: number;
  readonly seed: number;
}

/** Passes of the trials of rows. */
export function passesOf({ base, head, rows, clusters }: FigureSource): ScoredRows {
  return scoredRows(
    rows,
    clusters,
    (at) => base.trials.passes(at),
    (at) => head.trials.passes(at),
  );
}

/** The figures of both runs over all rows that are compared, pass rate first. */
export function figureChanges(
  source: FigureSource,
  passes: ScoredRows,
  passRate: PassRateComparison | null,
): FigureChange[] {
  return [
    passRateChange(passRate),
    scoreChange(source),
    ...passHatChanges(source, passes),
    ...(['cost_usd', 'tokens', 'steps'] as const).map((key) => amountChange(source, key)),
    ...secondsChanges(source),
  ];
}

/** The pass rate as a figure. */
export function passRateChange(found: PassRateComparison | null): FigureChange {
  return { ...figureOf('pass_rate', found), p: found?.p ?? null, test: found?.test ?? null };
}

/** Compares pass rates of rows; null where none is decided in both. */
export function passRatesOf(
  { level, seed }: Pick<FigureSource, 'level' | 'seed'>,
  { base, head, clusters }: ScoredRows,
): PassRateComparison | null {
  return comparePassRates(base, head, { clusters, level, seed });
}

function scoreChange(source: FigureSource): FigureChange {
  const { base, head } = valuesOf(source, 'score');
  const found = compareScores(base, head, { ...optionsOf(source), bounded: true });
  return { ...figureOf('score', found, base, head), ...testOf(found) };
}

/** pass^k at the greatest k that every row has in both runs, then at those of 8, 4 and 2 that are less. */
function passHatChanges(source: FigureSource, { base, head }: ScoredRows): FigureChange[] {
  let most = base.length === 0 ? 0 : MOST_K;
  for (const trials of base) most = Math.min(most, trials.length);
  for (const trials of head) most = Math.min(most, trials.length);
  if (most < 2) return [];
  const [before, after] = [base.map(countOf), head.map(countOf)];
  return [most, ...FEWER_K.filter((k) => k < most)].map((k) => {
    const found = comparePassHatK(before, after, k, optionsOf(source));
    return { ...figureOf('pass_hat_k', found), k, ...testOf(found) };
  });
}

function amountChange(
  source: FigureSource,
  key: 'cost_usd' | 'tokens' | 'steps',
  { base, head } = valuesOf(source, key),
): FigureChange {
  const found = compareRatios(base, head, optionsOf(source));
  return { ...figureOf(key, found, base, head), ratio: ratioOf(found), ...testOf(found) };
}

/** Mean and 95th percentile of the seconds that a trial took. */
function secondsChanges(source: FigureSource): FigureChange[] {
  const { base, head } = valuesOf(source, 'seconds');
  const mean = compareRatios(base, head, optionsOf(source));
  const p95 = compareQuantile(base, head, 0.95, optionsOf(source));
  return [
    { ...figureOf('seconds', mean, base, head), ratio: ratioOf(mean), ...testOf(mean) },
    { ...figureOf('p95_seconds', p95), ratio: ratioOf(p95) },
  ];
}

/** Most trials that pass^k is told of, as in reports of runs. */
const MOST_K = 100;

/** Of more trials pass^k is told at these, too: what people look at. */
const FEWER_K = [8, 4, 2];

type Values = ScoredRows['base'];

interface Found {
  readonly base: number;
  readonly head: number;
  readonly difference: number;
  readonly interval: ComparedInterval | null;
  readonly error?: number;
  readonly tasks: number;
}

/** A figure as it was found; where no task has it in both runs, the means of what each run has. */
function figureOf(
  key: FigureChange['key'],
  found: Found | null,
  base: Values = [],
  head: Values = [],
): FigureChange {
  const higher = key === 'pass_rate' || key === 'score' || key === 'pass_hat_k';
  return {
    key,
    better: higher ? 'higher' : 'lower',
    base: found?.base ?? meanOfRows(base),
    head: found?.head ?? meanOfRows(head),
    difference: found?.difference ?? null,
    standard_error: found?.error ?? null,
    interval: boundsOf(found?.interval),
    ratio: null,
    p: null,
    test: null,
    tasks: found?.tasks ?? 0,
  };
}

function testOf(found: { p: number | null; test: string | null } | null) {
  return { p: found?.p ?? null, test: found?.test ?? null };
}

/** Bounds as a record keeps them, null for none. */
export function boundsOf(interval: ComparedInterval | null | undefined): DiffInterval | null {
  return interval ? { ...interval } : null;
}

type WithRatio = { readonly ratio: { value: number; interval: ComparedInterval | null } | null };

function ratioOf(found: WithRatio | null): FigureChange['ratio'] {
  return found?.ratio
    ? { value: found.ratio.value, interval: boundsOf(found.ratio.interval) }
    : null;
}

function valuesOf({ base, head, rows, clusters }: FigureSource, figure: TrialFigure): ScoredRows {
  return scoredRows(
    rows,
    clusters,
    (at) => base.trials.values(at, figure),
    (at) => head.trials.values(at, figure),
  );
}

function countOf(passes: readonly number[]) {
  return { happened: passes.filter((one) => one === 1).length, trials: passes.length };
}

function optionsOf({ clusters, level, seed }: FigureSource): CompareOptions {
  return { clusters, level, seed };
}

function meanOfRows(rows: Values): number | null {
  const known = rows.filter((values) => values.length > 0);
  return known.length === 0 ? null : meanOf(known.map(meanOf));
}
