import { amountOf, type ComparedAmount } from './compare-ratios.ts';
import type { ComparedInterval, CompareOptions } from './compared-tasks.ts';
import { evidenceOfError } from './difference-evidence.ts';
import type { TaskScores } from './paired-difference.ts';
import { evidenceOfResamples } from './resampled.ts';
import { seededRandom } from './seeded-random.ts';
import { sampleVariance } from './standard-error.ts';
import { quantileDrawer, quantileOf, type RankedTrials, rankTrials } from './weighted-quantile.ts';

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
const LEAST_RESAMPLES = 100;

/** Fewer resamples than these have no percentiles to speak of. */
const FEW_RESAMPLES = 1000;

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
  const tasks = first.trials.length;
  if (tasks === 0) return null;
  const [a, b] = [quantileOf(first, quantile), quantileOf(second, quantile)];
  const units = unitsOf(tasks, clusters?.filter(isPaired));
  const draws = units.length < 2 ? [] : resampled([first, second], units, quantile, seed);
  const differences = draws.map(([one, other]) => other - one);
  const ratios = draws.every(([one]) => one > 0) ? draws.map(([one, other]) => other / one) : [];
  const { value, ...known } = drawnAmount(b - a, differences, units.length, level);
  return {
    base: a,
    head: b,
    difference: value,
    ...known,
    ratio: a > 0 ? drawnAmount(b / a, ratios, units.length, level) : null,
    tasks,
  };
}

/** By percentiles; of few resamples by their standard deviation, which is steadier. */
function drawnAmount(
  value: number,
  draws: readonly number[],
  clusters: number,
  level: number,
): ComparedAmount {
  if (!draws.some((one) => one !== draws[0])) return amountOf(value, null, level, 'bootstrap');
  if (draws.length >= FEW_RESAMPLES) {
    return amountOf(value, evidenceOfResamples(draws, clusters), level, 'bootstrap');
  }
  const error = Math.sqrt(sampleVariance(draws));
  return amountOf(value, evidenceOfError(value, error, clusters - 1), level, 'bootstrap_t');
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

function resampled(
  sides: readonly [RankedTrials, RankedTrials],
  units: readonly (readonly number[])[],
  quantile: number,
  seed: number,
): [number, number][] {
  const random = seededRandom(seed);
  const trials = sides[0].sorted.length + sides[1].sorted.length;
  const rounds = Math.min(MOST_RESAMPLES, Math.max(LEAST_RESAMPLES, Math.round(DRAWS / trials)));
  const times = new Int32Array(sides[0].trials.length);
  const ofBase = quantileDrawer(sides[0], quantile, random);
  const ofHead = quantileDrawer(sides[1], quantile, random);
  return Array.from({ length: rounds }, () => {
    times.fill(0);
    let whole = 0;
    for (let draw = 0; draw < units.length; draw++) {
      for (const task of units[Math.floor(random() * units.length)] ?? []) {
        times[task] = (times[task] ?? 0) + 1;
        whole++;
      }
    }
    return [ofBase(times, whole), ofHead(times, whole)];
  });
}
