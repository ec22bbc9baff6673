import { type ComparedInterval, type CompareOptions, pairTasks } from './compared-tasks.ts';
import { signFlip } from './exact-tests.ts';
import type { TaskScores } from './paired-difference.ts';
import { clusteredStandardError, meanOf, sumOf } from './standard-error.ts';
import { tQuantile } from './student-t.ts';

/** How the mean scores of two versions differ over the same tasks; means of the tasks' means. */
export interface ScoreComparison {
  readonly base: number;
  readonly head: number;
  readonly difference: number;
  /** Null where nothing varied, or of one cluster: how far it may be off cannot be told. */
  readonly interval: ComparedInterval | null;
  /** Two-sided, of the test. */
  readonly p: number;
  /** `sign_flip_exact` or `sign_flip_monte_carlo`. */
  readonly test: string;
  /** One-sided p against the difference being at most the limit: small where it lies above it; null where there is no interval. */
  readonly pAbove: (limit: number) => number | null;
  /** One-sided p against the difference being at least the limit: small where it lies below it; null where there is no interval. */
  readonly pBelow: (limit: number) => number | null;
  /** Tasks that both have trials of. */
  readonly tasks: number;
}

/** Compares the scores of two versions task by task; null without a task that both have trials of. */
export function compareScores(
  base: TaskScores,
  head: TaskScores,
  options: CompareOptions = {},
): ScoreComparison | null {
  const { level = 0.95 } = options;
  const tasks = pairTasks(base, head, options.clusters);
  const count = tasks.differences.length;
  if (count === 0) return null;
  const difference = meanOf(tasks.differences);
  const error = Math.max(
    clusteredStandardError(tasks.differences, tasks.clusters),
    Math.sqrt(sumOf(tasks.noise)) / count,
  );
  const df = new Set(tasks.clusters).size - 1;
  const half = tQuantile((1 + level) / 2, df) * error;
  const bounds = { lower: difference - half, upper: difference + half };
  return {
    base: meanOf(tasks.base),
    head: meanOf(tasks.head),
    difference,
    interval: error > 0 && df > 0 ? { ...bounds, level, method: 'paired_t' } : null,
    p: signFlip(tasks.differences) ?? 1,
    test: 'sign_flip_exact',
    pAbove: () => null,
    pBelow: () => null,
    tasks: count,
  };
}
