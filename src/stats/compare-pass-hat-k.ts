import { compareScores, type ScoreComparison } from './compare-scores.ts';
import type { CompareOptions } from './compared-tasks.ts';
import { passHatK } from './pass-at-k.ts';
import type { TaskCount } from './rate-interval.ts';

/** Compares pass^k of two versions, without bias in each task; tasks with fewer than k trials on one side are left out, null where that leaves none. */
export function comparePassHatK(
  base: readonly TaskCount[],
  head: readonly TaskCount[],
  k: number,
  options: CompareOptions = {},
): ScoreComparison | null {
  const figure = ({ happened, trials }: TaskCount) =>
    trials < k ? [] : [passHatK(trials, happened, k)];
  return compareScores(base.map(figure), head.map(figure), { ...options, bounded: true });
}
