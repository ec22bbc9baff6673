import { logChoose } from './log-gamma.ts';
import { normalBelow } from './normal.ts';

/** Two-sided p of McNemar's test on discordant pairs, exact and mid-p (Fagerland et al. 2013). */
export function mcNemar(onlyFirst: number, onlySecond: number): { exact: number; midP: number } {
  const n = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  const both = 2 * atMostOfTosses(n, fewer);
  const last = Math.exp(logChoose(n, fewer) - n * Math.LN2);
  return { exact: Math.min(1, both), midP: Math.min(1, both - last) };
}

/** Chance of at most k heads in n tosses of a fair coin: the one-sided p of McNemar's exact test with k pairs on the side that would be expected to have more. */
export function atMostOfTosses(n: number, k: number): number {
  if (k < 0) return 0;
  if (2 * k >= n) return 1 - atMostOfTosses(n, n - k - 1);
  let [sum, chance] = [0, Math.exp(logChoose(n, k) - n * Math.LN2)];
  // From the likeliest down, until nothing more is added
  for (let i = k; i >= 0 && chance > sum * 1e-17; i--) {
    sum += chance;
    chance *= i / (n - i + 1);
  }
  return sum;
}

/** Passed and decided trials of one task under two versions. */
export interface Stratum {
  readonly first: { readonly passed: number; readonly trials: number };
  readonly second: { readonly passed: number; readonly trials: number };
}

/** Chances of as few successes of the second version or fewer, of as many or more, and twice the lesser. */
export interface ConditionalTest {
  readonly lower: number;
  readonly upper: number;
  readonly twoSided: number;
  /** `cmh`: normal approximation with correction for continuity, where the exact distribution would take too long. */
  readonly method: 'exact' | 'cmh';
}

/** Most products of chances that the exact distribution may take. */
const MOST_PRODUCTS = 2e7;

/** Exact conditional test over tasks: successes of the second version are hypergeometric in each task, their sum is told by convolution. Tasks that cannot differ are passed over. */
export function stratifiedExact(tasks: readonly Stratum[]): ConditionalTest {
  let [least, observed, products, length] = [0, 0, 0, 1];
  const spread: Stratum[] = [];
  for (const task of tasks) {
    const { from, to } = rangeOf(task);
    least += from;
    observed += task.second.passed;
    if (from === to) continue;
    spread.push(task);
    products += length * (to - from + 1);
    length += to - from;
  }
  if (products > MOST_PRODUCTS) return normalTest(spread);
  const chances = convolved(spread, length);
  let [lower, upper] = [0, 0];
  for (let at = 0; at <= observed - least; at++) lower += chances[at] ?? 0;
  for (let at = observed - least; at < length; at++) upper += chances[at] ?? 0;
  return bothSides(lower, upper, 'exact');
}

function bothSides(
  lower: number,
  upper: number,
  method: ConditionalTest['method'],
): ConditionalTest {
  const twoSided = Math.min(1, 2 * Math.min(lower, upper));
  return { lower: Math.min(1, lower), upper: Math.min(1, upper), twoSided, method };
}

/** Cochran–Mantel–Haenszel χ² over tasks, with and without correction for continuity; NaN where no task can differ. */
export function cochranMantelHaenszel(tasks: readonly Stratum[]): {
  chi2: number;
  corrected: number;
} {
  const { apart, variance } = departure(tasks);
  const corrected = Math.max(0, Math.abs(apart) - 0.5) ** 2 / variance;
  return { chi2: apart ** 2 / variance, corrected };
}

/** How far the successes of the second version are from what is expected, and the variance of that. */
function departure(tasks: readonly Stratum[]): { apart: number; variance: number } {
  let [apart, variance] = [0, 0];
  for (const { first, second } of tasks) {
    const n = first.trials + second.trials;
    const passed = first.passed + second.passed;
    apart += second.passed - (passed * second.trials) / n;
    variance += (passed * (n - passed) * first.trials * second.trials) / (n * n * (n - 1));
  }
  return { apart, variance };
}

function normalTest(tasks: readonly Stratum[]): ConditionalTest {
  const { apart, variance } = departure(tasks);
  const error = Math.sqrt(variance);
  const below = normalBelow((apart + 0.5) / error);
  const above = normalBelow((0.5 - apart) / error);
  return bothSides(below, above, 'cmh');
}

/** Least and most successes that the second version can have, given those of both. */
function rangeOf({ first, second }: Stratum): { from: number; to: number } {
  const passed = first.passed + second.passed;
  return { from: Math.max(0, passed - first.trials), to: Math.min(second.trials, passed) };
}

/** Chances of each number of successes of the second version beyond the least, given those of both. */
function hypergeometric(task: Stratum): number[] {
  const { from, to } = rangeOf(task);
  const passed = task.first.passed + task.second.passed;
  const n = task.first.trials + task.second.trials;
  const all = logChoose(n, task.second.trials);
  return Array.from({ length: to - from + 1 }, (_, x) =>
    Math.exp(
      logChoose(passed, from + x) + logChoose(n - passed, task.second.trials - from - x) - all,
    ),
  );
}

/** Distribution of the sum over all tasks, from its least value on. */
function convolved(tasks: readonly Stratum[], length: number): Float64Array {
  const sums = new Float64Array(length);
  sums[0] = 1;
  let filled = 1;
  for (const task of tasks) {
    const chances = hypergeometric(task);
    // From the top, so that what is read has not been written yet
    for (let sum = filled + chances.length - 2; sum >= 0; sum--) {
      let chance = 0;
      for (let x = Math.max(0, sum - filled + 1); x < chances.length && x <= sum; x++) {
        chance += (chances[x] ?? 0) * (sums[sum - x] ?? 0);
      }
      sums[sum] = chance;
    }
    filled += chances.length - 1;
  }
  return sums;
}
