import { amountOf, type ComparedAmount } from './compare-ratios.ts';
import type { ComparedInterval, CompareOptions } from './compared-tasks.ts';
import type { TaskScores } from './paired-difference.ts';
import { evidenceOfResamples } from './resampled.ts';
import { seededRandom } from './seeded-random.ts';
import { type RankedTrials, rankTrials, weightedQuantile } from './weighted-quantile.ts';

/** How a quantile of all trials differs between two versions over the same tasks; each task weighs the same, however many trials it has. */
export interface QuantileComparison {
  readonly base: number;
  readonly head: number;
  readonly difference: number;
  /** Of the difference, by cluster bootstrap; null where nothing varied, or of one task or cluster alone. */
  readonly interval: ComparedInterval | null;
  /** As of an amount: of the difference. */
  readonly pAbove: (limit: number) => number | null;
  readonly pBelow: (limit: number) => number | null;
  /** Head / base; null where base is 0 or below. */
  readonly ratio: ComparedAmount | null;
  /** Tasks that both have trials of. */
  readonly tasks: number;
}

/** Draws of trials that a bootstrap may take, within the bounds of its resamples. */
const DRAWS = 2e7;
const MOST_RESAMPLES = 2000;
const LEAST_RESAMPLES = 200;

/** Compares a quantile of the trials of two versions, such as 0.95, by cluster bootstrap: the same tasks for both, then trials within each. Null without a task that both have trials of. */
export function compareQuantile(
  base: TaskScores,
  head: TaskScores,
  quantile: number,
  { clusters, level = 0.95, seed = 0 }: CompareOptions = {},
): QuantileComparison | null {
  if (base.length !== head.length) throw new RangeError('Both versions need the same tasks');
  const isPaired = (_: unknown, at: number) => !!base[at]?.length && !!head[at]?.length;
  const sides = [base, head].map((tasks) => rankTrials(tasks.filter(isPaired)));
  const [first, second] = sides as [RankedTrials, RankedTrials]; // of two
  const tasks = first.ranks.length;
  if (tasks === 0) return null;
  const of = (side: RankedTrials) => weightedQuantile(side, wholeOf(side), quantile);
  const [a, b] = [of(first), of(second)];
  const units = unitsOf(tasks, clusters?.filter(isPaired));
  const draws = units.length < 2 ? [] : resampled(first, second, units, quantile, seed);
  const difference = evidenceOf(
    draws.map(([one, other]) => other - one),
    units.length,
  );
  const ratio = draws.every(([one]) => one > 0) ? draws.map(([one, other]) => other / one) : [];
  const { value, ...known } = amountOf(b - a, difference, level, 'bootstrap');
  return {
    base: a,
    head: b,
    difference: value,
    ...known,
    ratio: a > 0 ? amountOf(b / a, evidenceOf(ratio, units.length), level, 'bootstrap') : null,
    tasks,
  };
}

function evidenceOf(draws: readonly number[], clusters: number) {
  const varies = draws.some((one) => one !== draws[0]);
  return varies ? evidenceOfResamples(draws, clusters) : null;
}

/** Tasks of each cluster. */
function unitsOf(tasks: number, clusters: readonly number[] | undefined): number[][] {
  const units = new Map<number, number[]>();
  for (let task = 0; task < tasks; task++) {
    const cluster = clusters?.[task] ?? task;
    const known = units.get(cluster);
    if (known) known.push(task);
    else units.set(cluster, [task]);
  }
  return [...units.values()];
}

/** The trials that were seen, each once. */
function wholeOf({ sorted, ranks }: RankedTrials): Float64Array {
  const weights = new Float64Array(sorted.length);
  for (const own of ranks) for (const rank of own) weights[rank] = 1 / own.length;
  return weights;
}

function resampled(
  base: RankedTrials,
  head: RankedTrials,
  units: readonly (readonly number[])[],
  quantile: number,
  seed: number,
): [number, number][] {
  const random = seededRandom(seed);
  const trials = base.sorted.length + head.sorted.length;
  const rounds = Math.min(MOST_RESAMPLES, Math.max(LEAST_RESAMPLES, Math.round(DRAWS / trials)));
  const sides = [base, head].map((side) => ({
    side,
    weights: new Float64Array(side.sorted.length),
  }));
  return Array.from({ length: rounds }, () => {
    for (const { weights } of sides) weights.fill(0);
    for (let draw = 0; draw < units.length; draw++) {
      for (const task of units[Math.floor(random() * units.length)] ?? []) {
        for (const { side, weights } of sides) drawTrials(side.ranks[task] ?? [], weights, random);
      }
    }
    const [a, b] = sides.map(({ side, weights }) => weightedQuantile(side, weights, quantile));
    return [a ?? Number.NaN, b ?? Number.NaN];
  });
}

function drawTrials(own: readonly number[], weights: Float64Array, random: () => number): void {
  for (let trial = 0; trial < own.length; trial++) {
    const rank = own.length === 1 ? 0 : Math.floor(random() * own.length);
    const place = own[rank] ?? 0;
    weights[place] = (weights[place] ?? 0) + 1 / own.length;
  }
}
