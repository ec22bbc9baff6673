import { sumOf } from './standard-error.ts';

/** Two-sided p of McNemar's test on discordant pairs, exact and mid-p (Fagerland et al. 2013). */
export function mcNemar(onlyFirst: number, onlySecond: number): { exact: number; midP: number } {
  const n = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  const chances = Array.from({ length: fewer + 1 }, (_, i) =>
    Math.exp(logChoose(n, i) - n * Math.LN2),
  );
  const both = 2 * sumOf(chances);
  return { exact: Math.min(1, both), midP: Math.min(1, both - (chances[fewer] ?? 0)) };
}

/** Most differences whose signs are all tried: 2^20 sums. */
const MOST_FLIPS = 20;

/** Two-sided p of the sign-flip test on differences by task (Fisher's randomisation test), exact; null beyond 20 differences other than 0. */
export function signFlip(differences: readonly number[]): number | null {
  const moved = differences.filter((one) => one !== 0);
  if (moved.length > MOST_FLIPS) return null;
  const observed = Math.abs(sumOf(moved));
  const flips = 2 ** moved.length;
  let asFar = 0;
  for (let signs = 0; signs < flips; signs++) {
    const sum = moved.reduce((total, one, at) => total + ((signs >> at) & 1 ? -one : one), 0);
    if (Math.abs(sum) >= observed - 1e-12) asFar++;
  }
  return asFar / flips;
}

/** Passed and decided trials of one task under two versions. */
export interface Stratum {
  readonly first: { readonly passed: number; readonly trials: number };
  readonly second: { readonly passed: number; readonly trials: number };
}

/** Exact conditional test over tasks: successes of the second version are hypergeometric in each task, their sum is told by convolution. `lower` is the chance of as few or fewer. */
export function stratifiedExact(tasks: readonly Stratum[]): { lower: number; twoSided: number } {
  const chances = tasks.map(hypergeometric).reduce(convolve, [1]);
  const observed = sumOf(tasks.map(({ second }) => second.passed));
  const lower = sumOf(chances.slice(0, observed + 1));
  const upper = sumOf(chances.slice(observed));
  return { lower, twoSided: Math.min(1, 2 * Math.min(lower, upper)) };
}

/** Cochran–Mantel–Haenszel χ² over tasks, with and without correction for continuity; NaN where no task can differ. */
export function cochranMantelHaenszel(tasks: readonly Stratum[]): {
  chi2: number;
  corrected: number;
} {
  let [apart, variance] = [0, 0];
  for (const { first, second } of tasks) {
    const n = first.trials + second.trials;
    const passed = first.passed + second.passed;
    apart += second.passed - (passed * second.trials) / n;
    variance += (passed * (n - passed) * first.trials * second.trials) / (n * n * (n - 1));
  }
  const corrected = Math.max(0, Math.abs(apart) - 0.5) ** 2 / variance;
  return { chi2: apart ** 2 / variance, corrected };
}

/** Chances of each number of successes of the second version, given those of both. */
function hypergeometric({ first, second }: Stratum): number[] {
  const passed = first.passed + second.passed;
  const n = first.trials + second.trials;
  const all = logChoose(n, second.trials);
  return Array.from({ length: second.trials + 1 }, (_, x) =>
    Math.exp(logChoose(passed, x) + logChoose(n - passed, second.trials - x) - all),
  );
}

function convolve(left: readonly number[], right: readonly number[]): number[] {
  const sums = new Array<number>(left.length + right.length - 1).fill(0);
  left.forEach((a, i) => {
    right.forEach((b, j) => {
      sums[i + j] = (sums[i + j] ?? 0) + a * b;
    });
  });
  return sums;
}

/** ln C(n, k), which does not overflow; −∞ where k lies outside of 0 to n. */
function logChoose(n: number, k: number): number {
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY;
  let ways = 0;
  for (let i = 1; i <= Math.min(k, n - k); i++) ways += Math.log((n - i + 1) / i);
  return ways;
}
