import { logGamma } from './log-gamma.ts';
import { normalQuantile } from './normal.ts';

/** Quantiles that were asked for: comparisons of the same tasks ask for the same. */
const known = new Map<string, number>();
const MOST_KNOWN = 100;

/** Quantile of Student's t with `df` degrees of freedom; NaN where there is none. */
export function tQuantile(p: number, df: number): number {
  const key = `${p} ${df}`;
  const found = known.get(key) ?? newtonsQuantile(p, df);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

/** By Newton's steps within a bracket. */
function newtonsQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1) || !(df > 0)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p < 0.5) return -newtonsQuantile(1 - p, df);
  const scale = Math.exp(logGamma((df + 1) / 2) - logGamma(df / 2)) / Math.sqrt(df * Math.PI);
  let [low, high] = [0, Number.POSITIVE_INFINITY];
  let t = firstGuess(p, df);
  for (let round = 0; round < 1000; round++) {
    const apart = tBelow(t, df) - p;
    if (apart > 0) high = t;
    else low = t;
    const next = t - apart / (scale * (1 + (t * t) / df) ** (-(df + 1) / 2));
    const last = t;
    if (next > low && next < high) t = next;
    else t = high === Number.POSITIVE_INFINITY ? 2 * t : (low + high) / 2;
    if (Math.abs(t - last) <= 1e-14 * t) break;
  }
  return t;
}

/** The normal quantile, widened for few degrees of freedom (the first term of Cornish & Fisher's series). */
function firstGuess(p: number, df: number): number {
  const z = normalQuantile(p);
  return z + (z ** 3 + z) / (4 * df);
}

/** Chance that Student's t lies below t: 1 − I_{df/(df+t²)}(df/2, 1/2)/2 of t ≥ 0. */
export function tBelow(t: number, df: number): number {
  const above = incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2;
  return t < 0 ? above : 1 - above;
}

/** Regularised incomplete beta function by its continued fraction (Lentz; Numerical Recipes 6.4). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return (front * betaFraction(x, a, b)) / a;
}

const TINY = 1e-300;

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const term of [even, odd]) {
      d = 1 / apart(1 + term * d);
      c = apart(1 + term / c);
      change = c * d;
      fraction *= change;
    }
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return fraction;
}

/** Keeps a divisor from 0. */
function apart(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
