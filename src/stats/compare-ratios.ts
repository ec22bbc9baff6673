import { compareScores } from './compare-scores.ts';
import type { ComparedInterval, CompareOptions } from './compared-tasks.ts';
import type { TaskScores } from './paired-difference.ts';

/** Geometric mean of head / base by task. */
export interface ComparedRatio {
  readonly value: number;
  /** Null of one cluster, and where nothing varied. */
  readonly interval: ComparedInterval | null;
  /** One-sided p against the ratio being at most the limit; null where there is no interval. */
  readonly pAbove: (limit: number) => number | null;
  /** One-sided p against the ratio being at least the limit; null where there is no interval. */
  readonly pBelow: (limit: number) => number | null;
}

/** How an amount such as cost or seconds differs between two versions over the same tasks; means of the tasks' means. */
export interface RatioComparison {
  readonly base: number;
  readonly head: number;
  readonly difference: number;
  /** Of the difference, by cluster bootstrap; null of one cluster, and where nothing varied. */
  readonly interval: ComparedInterval | null;
  /** Null where a task's mean is 0 or below in one of the versions: no ratio tells that. */
  readonly ratio: ComparedRatio | null;
  /** Two-sided p of the paired t test on log-ratios, null without their interval. */
  readonly p: number | null;
  readonly test: string | null;
  /** Tasks that both have trials of. */
  readonly tasks: number;
}

/** Compares amounts that are above 0, such as cost, tokens, steps and seconds; null without a task that both have trials of. */
export function compareRatios(
  base: TaskScores,
  head: TaskScores,
  options: CompareOptions = {},
): RatioComparison | null {
  const found = compareScores(base, head, options);
  return found && { ...found, ratio: null, p: null, test: null };
}
