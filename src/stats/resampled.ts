import type { Evidence } from './difference-evidence.ts';
import { normalBelow, normalQuantile } from './normal.ts';
import { seededRandom } from './seeded-random.ts';
import { tBelow, tQuantile } from './student-t.ts';

/** Most resamples of a bootstrap, and most units that are drawn for each: more are first put together by lot. */
const RESAMPLES = 2000;
const MOST_UNITS = 2000;

/** What resamples of so many clusters tell: percentiles, widened for few clusters as t is against the normal distribution (Hesterberg 2015, "expanded percentile interval"). */
export function evidenceOfResamples(resamples: readonly number[], clusters: number): Evidence {
  const sorted = Float64Array.from(resamples).sort();
  const df = clusters - 1;
  const widened = Math.sqrt(clusters / df);
  const at = (p: number) => {
    const place = p * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    const above = sorted[Math.ceil(place)] ?? Number.NaN;
    return below + (above - below) * (place - Math.floor(place));
  };
  const chance = (hits: number) =>
    tBelow(normalQuantile((1 + hits) / (2 + sorted.length)) / widened, df);
  return {
    pAbove: (limit) => chance(sorted.filter((one) => one <= limit).length),
    pBelow: (limit) => chance(sorted.filter((one) => one >= limit).length),
    bounds: (alpha) => {
      const share = normalBelow(-widened * tQuantile(1 - alpha, df));
      return { lower: at(share), upper: at(1 - share) };
    },
  };
}

/** Cluster bootstrap of a mean: resampled means of clusters that are each a sum and a size. */
export function resampledMeans(
  clusters: readonly { readonly sum: number; readonly size: number }[],
  seed: number,
): number[] {
  const random = seededRandom(seed);
  const units = putTogether(clusters, random);
  return Array.from({ length: RESAMPLES }, () => {
    let [sum, size] = [0, 0];
    for (let draw = 0; draw < units.length; draw++) {
      const unit = units[Math.floor(random() * units.length)];
      sum += unit?.sum ?? 0;
      size += unit?.size ?? 0;
    }
    return sum / size;
  });
}

/** Clusters dealt by lot into as many units as are drawn, of as many clusters each: their sums vary as much. */
function putTogether(
  clusters: readonly { readonly sum: number; readonly size: number }[],
  random: () => number,
): { sum: number; size: number }[] {
  const order = clusters.map((_, at) => at);
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] as number, order[at] as number]; // both within
  }
  const count = Math.min(MOST_UNITS, clusters.length);
  const units = Array.from({ length: count }, () => ({ sum: 0, size: 0 }));
  order.forEach((cluster, place) => {
    const unit = units[place % count] as { sum: number; size: number }; // within
    unit.sum += clusters[cluster]?.sum ?? 0;
    unit.size += clusters[cluster]?.size ?? 0;
  });
  return units;
}
