import { normalBelow, normalQuantile } from './normal.ts';

/** Observed values, grouped, and what may not have been seen. */
export interface BoundedValues {
  readonly values: readonly number[];
  /** How many units have each value. */
  readonly counts: readonly number[];
  /** How much a unit of each weighs: the rows of a cluster. */
  readonly weights: readonly number[];
  /** The least value that a unit may have, and the most that it may weigh. */
  readonly least: number;
  readonly most: number;
}

/** One-sided p against the mean being at most the limit (Gaffke 2005; Learned-Miller & Thomas, arXiv 1905.06208): the chance that Σ w·(x − limit) ≤ 0, with exponential weights w and one unit of the least value added. Of values 0 and 1 it is Clopper & Pearson's, of −1, 0 and 1 at limit 0 McNemar's exact one. By a saddlepoint, which for such sums errs by about a hundredth of p. */
export function chanceAtMost(sample: BoundedValues, limit: number): number {
  return normalBelow(rootAt(sample, limit));
}

/** Lower bound of the mean at a one-sided level: the limit of which `chanceAtMost` is alpha; 1 − α^(1/n) below 0 where all n values are 0 and the least is −1. */
export function lowestMean(sample: BoundedValues, alpha: number): number {
  const { values, counts, weights, least } = sample;
  let [sum, size] = [0, 0];
  values.forEach((value, at) => {
    sum += value * (counts[at] ?? 0) * (weights[at] ?? 1);
    size += (counts[at] ?? 0) * (weights[at] ?? 1);
  });
  const wanted = normalQuantile(alpha);
  let [low, high] = [values.reduce((one, other) => Math.min(one, other), least), sum / size];
  // Far tails are infinite, of which no secant can be drawn
  const apart = (limit: number) => Math.min(40, Math.max(-40, rootAt(sample, limit))) - wanted;
  let [below, above] = [apart(low), apart(high)];
  // Secants within a bracket (Illinois): the root is nearly a line in the limit
  for (let round = 0; round < 100 && high - low > 1e-10; round++) {
    const next = low - (below * (high - low)) / (above - below);
    const root = apart(next);
    if (Math.abs(root) < 1e-9) return next;
    if (root < 0) {
      [low, below] = [next, root];
      above /= 2;
    } else {
      [high, above] = [next, root];
      below /= 2;
    }
  }
  return low;
}

/** The normal quantile of `chanceAtMost`: the modified signed root of the saddlepoint (Barndorff-Nielsen 1991), exact where all units are alike. */
function rootAt(sample: BoundedValues, limit: number): number {
  const { values, counts, weights, least, most } = sample;
  const [value = 0, count = 0] = [values[0], counts[0]];
  if (values.length === 1 && weights[0] === most && least < value) {
    return normalQuantile(Math.min(1, Math.max(0, (limit - least) / (value - least))) ** count);
  }
  const terms = new Float64Array(values.length);
  const last = (least - limit) * most;
  let [lowest, highest] = [last, last];
  for (let at = 0; at < terms.length; at++) {
    const term = ((values[at] ?? 0) - limit) * (weights[at] ?? 1);
    terms[at] = term;
    if (term < lowest) lowest = term;
    if (term > highest) highest = term;
  }
  if (!(highest > 0)) return Number.POSITIVE_INFINITY;
  if (!(lowest < 0)) return Number.NEGATIVE_INFINITY;
  const tilt = saddlepoint(terms, counts, last, 1 / lowest, 1 / highest);
  let cumulant = -Math.log1p(-last * tilt);
  let curvature = (last / (1 - last * tilt)) ** 2;
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at] ?? 0;
    cumulant -= (counts[at] ?? 0) * Math.log1p(-term * tilt);
    curvature += (counts[at] ?? 0) * (term / (1 - term * tilt)) ** 2;
  }
  const root = Math.sign(tilt) * Math.sqrt(Math.max(0, -2 * cumulant));
  // At the mean both parts are 0, and p is about a half
  if (Math.abs(root) < 1e-4) return root;
  return root + Math.log((tilt * Math.sqrt(curvature)) / root) / root;
}

/** Where the slope of the cumulant function is 0, by Newton's steps between its poles. */
function saddlepoint(
  terms: Float64Array,
  counts: readonly number[],
  last: number,
  from: number,
  to: number,
): number {
  let [low, high, tilt] = [from, to, 0];
  for (let round = 0; round < 100; round++) {
    const own = last / (1 - last * tilt);
    let [slope, curvature] = [own, own * own];
    for (let at = 0; at < terms.length; at++) {
      const term = terms[at] ?? 0;
      const ratio = term / (1 - term * tilt);
      slope += (counts[at] ?? 0) * ratio;
      curvature += (counts[at] ?? 0) * ratio * ratio;
    }
    if (slope > 0) high = tilt;
    else low = tilt;
    const step = tilt - slope / curvature;
    const next = step > low && step < high ? step : (low + high) / 2;
    const isThere = Math.abs(next - tilt) <= 1e-10 * (to - from);
    tilt = next;
    if (isThere) break;
  }
  return tilt;
}
