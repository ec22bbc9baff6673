import type { Interval } from './intervals.ts';
import type { TaskCount } from './rate-interval.ts';
import { tQuantile } from './student-t.ts';

/** How often a judge was right, of how many it was tried on. */
export interface Tried {
  readonly right: number;
  readonly of: number;
}

/** What is known of a judge: how it did on what is positive (sensitivity) and on what is negative (specificity). */
export interface KnownJudge {
  readonly positives: Tried;
  readonly negatives: Tried;
}

/** A rate with its interval. */
export type EstimatedRate = {
  readonly rate: number;
  readonly lower: number;
  readonly upper: number;
};

/** True rate behind the rate that an imperfect judge observed, (p + spec − 1)/(sens + spec − 1) cut to [0, 1] (Rogan & Gladen 1978); null where the judge is no better than chance. */
export function roganGladen(
  observed: number,
  sensitivity: number,
  specificity: number,
): number | null {
  const better = sensitivity + specificity - 1;
  if (!(better > 0)) return null;
  return within((observed + specificity - 1) / better);
}

/** The same with its interval at 95 % (Lang & Reiczigel 2014, Prev Vet Med 113:13–22), which knows that sensitivity and specificity are estimates too. Where tasks have several trials, as many trials count as their clustered variance is worth (Korn & Graubard 1998). Null without trials, without labels of both kinds, and where the judge is no better than chance. */
export function estimateTrueRate(
  counts: readonly TaskCount[],
  { positives, negatives }: KnownJudge,
): EstimatedRate | null {
  const trials = counts.reduce((sum, task) => sum + task.trials, 0);
  if (trials === 0 || positives.of === 0 || negatives.of === 0) return null;
  const observed = counts.reduce((sum, task) => sum + task.happened, 0) / trials;
  const rate = roganGladen(observed, shareOf(positives), shareOf(negatives));
  if (rate === null) return null;
  const bounds = langReiczigel(observed, effectiveTrials(counts, observed), positives, negatives);
  return bounds && { rate, ...bounds };
}

const Z = 1.959963984540054;

/** Adds 2 right and 2 wrong to the observed trials, 1 and 1 to those of the judge, and moves the middle to where the interval covers as it should (equations 6, 7, 16 and 17). */
function langReiczigel(
  observed: number,
  trials: number,
  positives: Tried,
  negatives: Tried,
): Interval | null {
  const more = trials + Z * Z;
  const share = (trials * observed + (Z * Z) / 2) / more;
  const sensitivity = (positives.right + 1) / (positives.of + 2);
  const specificity = (negatives.right + 1) / (negatives.of + 2);
  const better = sensitivity + specificity - 1;
  if (!(better > 0)) return null;
  const rate = (share + specificity - 1) / better;
  const ofSensitivity = (sensitivity * (1 - sensitivity)) / (positives.of + 2);
  const ofSpecificity = (specificity * (1 - specificity)) / (negatives.of + 2);
  const middle = rate + 2 * Z * Z * (rate * ofSensitivity - (1 - rate) * ofSpecificity);
  const variance =
    (share * (1 - share)) / more + rate ** 2 * ofSensitivity + (1 - rate) ** 2 * ofSpecificity;
  const half = (Z * Math.sqrt(variance)) / better;
  return { lower: within(middle - half), upper: within(middle + half) };
}

/** How many independent trials are worth as much: all where each task has one, fewer where trials of a task are alike; never more. */
function effectiveTrials(counts: readonly TaskCount[], rate: number): number {
  const tasks = counts.filter((task) => task.trials > 0);
  const trials = tasks.reduce((sum, task) => sum + task.trials, 0);
  const clusters = tasks.length;
  if (clusters === 1 || clusters === trials) return trials;
  if (rate === 0 || rate === 1) return clusters;
  const apart = tasks.reduce((sum, task) => sum + (task.happened - task.trials * rate) ** 2, 0);
  const variance = ((clusters / (clusters - 1)) * apart) / trials ** 2;
  const alone = (rate * (1 - rate)) / trials;
  const few = (Z / tQuantile(0.975, clusters - 1)) ** 2;
  return (trials * few) / Math.max(1, variance / alone);
}

function shareOf({ right, of }: Tried): number {
  return right / of;
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
