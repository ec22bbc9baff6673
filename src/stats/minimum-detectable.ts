import {
  type ComparedTasks,
  differenceErrors,
  pairTasks,
  typicalTrials,
} from './compared-tasks.ts';
import { singleTrialPower } from './mcnemar-power.ts';
import { normalQuantile } from './normal.ts';
import type { TaskScores } from './paired-difference.ts';
import { meanOf } from './standard-error.ts';
import { tQuantile } from './student-t.ts';

/** How sure a comparison shall be. */
export interface PowerOptions {
  /** Of the two-sided interval; 0.95 where it is left out. */
  readonly level?: number | undefined;
  /** Chance to see a difference that is there; 0.8 where it is left out. */
  readonly power?: number | undefined;
  readonly clusters?: readonly number[] | undefined;
}

/** Most pairs of trials whose power is counted out rather than approximated. */
const MOST_COUNTED = 200;

/** Most variance of a pair of trials that is still due to trials rather than to tasks. */
const MOST_OF_TRIALS = 0.5;

/** Least difference of pass rates that so many tasks and trials show with the power that is asked for: (t_{1−α/2} + t_power)·√((ω² + σ²_A/K_A + σ²_B/K_B)/n) (Miller, arXiv 2411.00640), its variance that at the difference, the half step of the exact test added. Few trials are counted out as pairs under McNemar's exact test, of the same variance, since their distribution is too skewed. Null where not even a difference of 1 would be shown. */
export function minimumDetectable(
  base: TaskScores,
  head: TaskScores,
  { level = 0.95, power = 0.8, clusters }: PowerOptions = {},
): number | null {
  const tasks = pairTasks(base, head, clusters);
  const count = tasks.differences.length;
  if (count === 0) return null;
  const variance = varianceAt(tasks);
  const trials = 2 / (1 / typicalTrials(tasks.base) + 1 / typicalTrials(tasks.head));
  const pairs = Math.round(count * trials);
  const reach = reachOf(tasks, level, power);
  const isSingle = trials === 1 && !tasks.clusters;
  const approximated = leastThat(
    (difference) => difference >= reach * Math.sqrt(variance(difference) / count) + 1 / pairs,
  );
  const isCounted = isSingle || seenVariance(tasks) * trials <= MOST_OF_TRIALS;
  if (pairs > MOST_COUNTED || !isCounted) return approximated;
  const isSeen = (difference: number) =>
    singleTrialPower(pairs, difference, variance(difference) * trials, (1 - level) / 2) >= power;
  const counted = leastThat(isSeen);
  if (isSingle) return counted;
  // Of repeated trials t decides too; both approximations rather ask for too much
  const wider = reach / (normalQuantile((1 + level) / 2) + normalQuantile(power));
  const least = Math.min(approximated ?? 2, (counted ?? 2) * wider);
  return least > 1 ? null : least;
}

/** The standard errors that a difference has to be away from 0 so that it is seen so often, if there were so many times as many tasks. */
export function reachOf(tasks: ComparedTasks, level: number, power: number, times = 1): number {
  const units = times * (tasks.clusters ? new Set(tasks.clusters).size : tasks.differences.length);
  const beyond = units > 1 ? (p: number) => tQuantile(p, units - 1) : normalQuantile;
  return beyond((1 + level) / 2) + beyond(power);
}

/** Variance of a task's difference as it was seen: what varies between tasks; together with what varies within them where that explains it, as either may be small by luck. */
export function seenVariance(tasks: ComparedTasks): number {
  const { random, fixed, df } = differenceErrors(tasks);
  const count = tasks.differences.length;
  const trials = [...tasks.base.trials, ...tasks.head.trials];
  const within = trials.reduce((sum, one) => sum + one - 1, 0);
  const isExplained = random ** 2 <= fixed ** 2 * (1 + 2 * Math.sqrt(2 / df));
  if (trials.includes(1) || !isExplained || count === 1) {
    return Math.max(random, fixed) ** 2 * count;
  }
  return ((random ** 2 * df + fixed ** 2 * within) / (df + within)) * count;
}

/** Variance of a task's difference if the pass rate of head were so much lower or higher, whichever is more; never less than trials need so as to differ so much on average. */
function varianceAt(tasks: ComparedTasks): (difference: number) => number {
  const rate = meanOf(tasks.head.means);
  const trials = typicalTrials(tasks.head);
  const seen = seenVariance(tasks);
  return (difference) => {
    const moved = [Math.max(0, rate - difference), Math.min(1, rate + difference)];
    const more = Math.max(...moved.map((one) => one * (1 - one))) - rate * (1 - rate);
    return Math.max(seen + more / trials, (difference * (1 - difference)) / trials);
  };
}

/** Least difference from 0 to 1 of which something holds that holds of all beyond; null if of none. */
function leastThat(holds: (difference: number) => boolean): number | null {
  if (!holds(1)) return null;
  let [low, high] = [0, 1];
  for (let round = 0; round < 22; round++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
