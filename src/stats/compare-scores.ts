import {
  type ComparedInterval,
  type CompareOptions,
  greaterError,
  pairTasks,
} from './compared-tasks.ts';
import { bothOf, evidenceOfBounded, evidenceOfTasks } from './difference-evidence.ts';
import type { Interval } from './intervals.ts';
import type { TaskScores } from './paired-difference.ts';
import { clusterSums } from './pass-rate-tests.ts';
import { signFlip } from './sign-flip.ts';
import { meanOf } from './standard-error.ts';

/** How the mean scores of two versions differ over the same tasks; means of the tasks' means. */
export interface ScoreComparison {
  readonly base: number;
  readonly head: number;
  readonly difference: number;
  /** Standard error of the difference: the greater of both. */
  readonly error: number;
  /** Null where nothing varied, or of one task or cluster alone: how far it may be off cannot be told. */
  readonly interval: ComparedInterval | null;
  /** Two-sided, of the test. */
  readonly p: number;
  /** `sign_flip_exact`, `sign_flip_monte_carlo` or `sign_flip_normal`. */
  readonly test: string;
  /** One-sided p against the difference being at most the limit: small where it lies above; null without an interval. */
  readonly pAbove: (limit: number) => number | null;
  /** One-sided p against the difference being at least the limit: small where it lies below; null without an interval. */
  readonly pBelow: (limit: number) => number | null;
  /** Tasks that both have trials of. */
  readonly tasks: number;
}

/** Figures between 0 and 1 differ by at most 1. */
function withinOne({ lower, upper }: Interval): Interval {
  return { lower: Math.max(-1, lower), upper: Math.min(1, upper) };
}

/** Compares the scores of two versions task by task; `bounded` says that they lie between 0 and 1, so that something is known where none varied. Null without a task that both have trials of. */
export function compareScores(
  base: TaskScores,
  head: TaskScores,
  {
    clusters,
    level = 0.95,
    seed = 0,
    bounded = false,
  }: CompareOptions & { bounded?: boolean } = {},
): ScoreComparison | null {
  const tasks = pairTasks(base, head, clusters);
  const count = tasks.differences.length;
  if (count === 0) return null;
  const t = evidenceOfTasks(tasks);
  const evidence = bounded && count > 1 ? bothOf(evidenceOfBounded(tasks), t) : t;
  const bounds = evidence?.bounds((1 - level) / 2);
  const method = bounded && count > 1 ? (t ? 'paired_t_bounded' : 'all_alike') : 'paired_t';
  const { p, method: how } = signFlip(clusterSums(tasks), seed);
  return {
    base: meanOf(tasks.base.means),
    head: meanOf(tasks.head.means),
    difference: meanOf(tasks.differences),
    error: greaterError(tasks),
    interval: bounds ? { ...(bounded ? withinOne(bounds) : bounds), level, method } : null,
    p,
    test: `sign_flip_${how}`,
    pAbove: (limit) => evidence?.pAbove(limit) ?? null,
    pBelow: (limit) => evidence?.pBelow(limit) ?? null,
    tasks: count,
  };
}
