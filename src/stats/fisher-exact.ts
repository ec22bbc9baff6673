import { stratifiedExact } from './exact-tests.ts';
import type { TaskCount } from './rate-interval.ts';

/** Fisher's exact test on the trials of one task: two-sided p (all tables as unlikely as the one seen, or more), and the one-sided p that is small where head passes less. */
export function fisherExact(base: TaskCount, head: TaskCount): { twoSided: number; worse: number } {
  const { lower, twoSided } = stratifiedExact([
    {
      first: { passed: base.happened, trials: base.trials },
      second: { passed: head.happened, trials: head.trials },
    },
  ]);
  return { twoSided, worse: lower };
}
