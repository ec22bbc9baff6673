import { logChoose } from './log-gamma.ts';
import type { TaskCount } from './rate-interval.ts';

/** Tables that are as likely to rounding. */
const ALIKE = 1 + 1e-7;

/** Fisher's exact test on the trials of one task: two-sided p (all tables that are as unlikely as the one seen, or more, as in R), and the one-sided p that is small where head passes less. 1 where one side has no trial. */
export function fisherExact(base: TaskCount, head: TaskCount): { twoSided: number; worse: number } {
  const passed = base.happened + head.happened;
  const all = logChoose(base.trials + head.trials, head.trials);
  const chance = (x: number) =>
    Math.exp(
      logChoose(passed, x) + logChoose(base.trials + head.trials - passed, head.trials - x) - all,
    );
  const most = chance(head.happened) * ALIKE;
  let [twoSided, worse] = [0, 0];
  const last = Math.min(head.trials, passed);
  for (let x = Math.max(0, passed - base.trials); x <= last; x++) {
    const own = chance(x);
    if (own <= most) twoSided += own;
    if (x <= head.happened) worse += own;
  }
  return { twoSided: Math.min(1, twoSided), worse: Math.min(1, worse) };
}
