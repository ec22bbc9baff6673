import type { Evidence } from './difference-evidence.ts';
import { type Interval, wilsonInterval } from './intervals.ts';
import { normalBelow, normalQuantile } from './normal.ts';
import type { TaskCount } from './rate-interval.ts';

/** Interval of the difference of two shares of independent trials, from Wilson's of each (Newcombe 1998, method 10). */
export function newcombeInterval(base: TaskCount, head: TaskCount, z: number): Interval {
  const [first, second] = [base.happened / base.trials, head.happened / head.trials];
  const a = wilsonInterval(base.happened, base.trials, z);
  const b = wilsonInterval(head.happened, head.trials, z);
  return {
    lower: second - first - Math.hypot(second - b.lower, a.upper - first),
    upper: second - first + Math.hypot(b.upper - second, first - a.lower),
  };
}

/** What the trials of one task tell of the difference in that task. */
export function evidenceOfTrials(base: TaskCount, head: TaskCount): Evidence {
  const pAbove = (limit: number, first: TaskCount, second: TaskCount) => {
    // The greatest z whose interval lies above the limit, or the least that reaches above
    const isAbove = (z: number) => newcombeInterval(first, second, z).lower > limit;
    const mirrored = (z: number) => newcombeInterval(first, second, z).upper < limit;
    const z = greatest(isAbove);
    return z > 0 ? normalBelow(-z) : normalBelow(greatest(mirrored));
  };
  const flipped = ({ happened, trials }: TaskCount) => ({ happened: trials - happened, trials });
  return {
    pAbove: (limit) => pAbove(limit, base, head),
    pBelow: (limit) => pAbove(-limit, flipped(base), flipped(head)),
    bounds: (alpha) => newcombeInterval(base, head, normalQuantile(1 - alpha)),
  };
}

/** The greatest z up to 40 of which something holds that holds of all that are less; 0 if of none. */
function greatest(holds: (z: number) => boolean): number {
  let [low, high] = [0, 40];
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low < 1e-9 ? 0 : low;
}
