import { meanOf } from './standard-error.ts';
import { tQuantile } from './student-t.ts';

/** Bounds of an interval. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Interval of a mean from its standard error by Student's t (Inspect's `ci`); not cut to [0, 1]; the point itself where there are no degrees of freedom. */
export function tInterval(
  values: readonly number[],
  error: number,
  df: number,
  level = 0.95,
): Interval {
  const mean = meanOf(values);
  if (df < 1) return { lower: mean, upper: mean };
  const half = tQuantile((1 + level) / 2, df) * error;
  return { lower: mean - half, upper: mean + half };
}

/** Standard normal quantile of 0.975. */
const Z95 = 1.959963984540054;

/** Wilson's interval of a share (Wilson 1927): for trials that pass or fail, where a t interval claims too much. */
export function wilsonInterval(passed: number, n: number, z = Z95): Interval {
  const share = passed / n;
  const weight = (z * z) / n;
  const middle = share + weight / 2;
  const half = z * Math.sqrt((share * (1 - share)) / n + weight / (4 * n));
  return { lower: (middle - half) / (1 + weight), upper: (middle + half) / (1 + weight) };
}

/** Upper bound of the failure rate after n trials without a failure: 1 − α^(1/n), about 3/n (Clopper–Pearson, one-sided). */
export function zeroFailuresBound(n: number, alpha = 0.05): number {
  return 1 - alpha ** (1 / n);
}
