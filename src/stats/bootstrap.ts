import type { Interval } from './intervals.ts';
import { seededRandom } from './seeded-random.ts';

/** Resamples of a bootstrap. */
const RESAMPLES = 2000;

/** Share of resamples in which the figure must be defined. */
const LEAST_DEFINED = 0.9;

/** Percentile interval at 95 % of a figure that is computed from sums (Efron & Tibshirani 1993, ch. 13): units, each a list of counts, are drawn with replacement; a unit is an item, or all items of one cluster. The same for the same units in the same order. Null of fewer than two units, and where the figure is undefined in more than a tenth of the resamples. */
export function bootstrapInterval(
  units: readonly (readonly number[])[],
  figure: (sums: readonly number[]) => number | null,
  seed = 0,
): Interval | null {
  const [first] = units;
  if (first === undefined || units.length < 2) return null;
  const random = seededRandom(seed);
  const sums = new Array<number>(first.length);
  const found: number[] = [];
  for (let round = 0; round < RESAMPLES; round++) {
    sums.fill(0);
    for (let draw = 0; draw < units.length; draw++) {
      const unit = units[Math.floor(random() * units.length)] ?? first;
      for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (unit[at] ?? 0);
    }
    const value = figure(sums);
    if (value !== null) found.push(value);
  }
  if (found.length < LEAST_DEFINED * RESAMPLES) return null;
  found.sort((a, b) => a - b);
  return { lower: quantile(found, 0.025), upper: quantile(found, 0.975) };
}

/** Quantile of sorted values, linear between neighbours (type 7 of Hyndman & Fan 1996). */
function quantile(sorted: readonly number[], p: number): number {
  const place = p * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
