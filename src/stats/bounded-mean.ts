import { density, normalBelow } from './normal.ts';

/** Observed values, grouped, and the least value that may not have been seen. */
export interface BoundedValues {
  readonly values: readonly number[];
  /** How many units have each value. */
  readonly counts: readonly number[];
  /** Weight of each: rows of a cluster; 1 each where they are alike. */
  readonly weights: readonly number[];
  /** The least value that a unit may have, and the weight of such a unit. */
  readonly least: number;
  readonly most: number;
}

/** One-sided p against the mean being at most the limit (Gaffke 2005; Learned-Miller & Thomas, arXiv 1905.06208): the chance that Σ w·(x − limit) ≤ 0, weights w exponential, one unit of the least value added. Of values 0 and 1 it is Clopper & Pearson's, of −1, 0 and 1 at limit 0 McNemar's exact one. By Lugannani & Rice's saddlepoint (1980), which for such sums errs by less than a hundredth of p. */
export function chanceAtMost(sample: BoundedValues, limit: number): number {
  const terms = sample.values.map((value, at) => (value - limit) * (sample.weights[at] ?? 1));
  terms.push((sample.least - limit) * sample.most);
  const counts = [...sample.counts, 1];
  const highest = terms.reduce((most, term) => Math.max(most, term), 0);
  const lowest = terms.reduce((least, term) => Math.min(least, term), 0);
  if (highest <= 0) return 1;
  if (lowest >= 0) return 0;
  const tilt = saddlepoint(terms, counts, 1 / lowest, 1 / highest);
  let [cumulant, curvature] = [0, 0];
  terms.forEach((term, at) => {
    const count = counts[at] ?? 0;
    cumulant -= count * Math.log1p(-term * tilt);
    curvature += count * (term / (1 - term * tilt)) ** 2;
  });
  const signed = Math.sign(tilt) * Math.sqrt(Math.max(0, -2 * cumulant));
  // Both parts of the correction grow without bound at the mean, where p is about a half
  if (Math.abs(signed) < 1e-4) return 0.5;
  const correction = density(signed) * (1 / signed - 1 / (tilt * Math.sqrt(curvature)));
  return Math.min(1, Math.max(0, normalBelow(signed) + correction));
}

/** Where the slope of the cumulant function is 0, by Newton's steps within its poles. */
function saddlepoint(
  terms: readonly number[],
  counts: readonly number[],
  from: number,
  to: number,
): number {
  let [low, high, tilt] = [from, to, 0];
  for (let round = 0; round < 100; round++) {
    let [slope, curvature] = [0, 0];
    for (let at = 0; at < terms.length; at++) {
      const ratio = (terms[at] ?? 0) / (1 - (terms[at] ?? 0) * tilt);
      slope += (counts[at] ?? 0) * ratio;
      curvature += (counts[at] ?? 0) * ratio * ratio;
    }
    if (slope > 0) high = tilt;
    else low = tilt;
    const step = tilt - slope / curvature;
    const next = step > low && step < high ? step : (low + high) / 2;
    const isThere = Math.abs(next - tilt) <= 1e-12 * (to - from);
    tilt = next;
    if (isThere) break;
  }
  return tilt;
}

/** Lower bound of the mean at a one-sided level: the limit of which `chanceAtMost` is alpha; 1 − α^(1/n) below 0 where all n values are 0 and the least is −1. */
export function lowestMean(sample: BoundedValues, alpha: number): number {
  const { values, counts, weights, least } = sample;
  let [sum, size] = [0, 0];
  values.forEach((value, at) => {
    sum += value * (counts[at] ?? 0) * (weights[at] ?? 1);
    size += (counts[at] ?? 0) * (weights[at] ?? 1);
  });
  let [low, high] = [values.reduce((one, other) => Math.min(one, other), least), sum / size];
  if (!(low < high)) return low;
  for (let round = 0; round < 50 && high - low > 1e-10; round++) {
    const middle = (low + high) / 2;
    if (chanceAtMost(sample, middle) < alpha) low = middle;
    else high = middle;
  }
  return low;
}
