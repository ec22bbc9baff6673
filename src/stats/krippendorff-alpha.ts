import { sumOf } from './standard-error.ts';

/** How far two ratings are apart. */
export type RatingScale = 'nominal' | 'ordinal' | 'interval';

/** Krippendorff's α = 1 − D_o/D_e (Krippendorff 2011, as in Inspect): agreement of raters on units; null is a rating that is not there. 1 where all ratings are equal, NaN where no unit has two. */
export function krippendorffAlpha(
  units: readonly (readonly (number | null)[])[],
  scale: RatingScale,
): number {
  const usable = units
    .map((ratings) => ratings.filter((rating): rating is number => rating !== null))
    .filter((ratings) => ratings.length > 1);
  const ratings = usable.flat();
  if (ratings.length === 0) return Number.NaN;
  const distance = distances[scale](ratings);
  const within = sumOf(usable.map((unit) => pairs(unit, distance) / (unit.length - 1)));
  const expected = pairs(ratings, distance) / (ratings.length - 1);
  return expected === 0 ? 1 : 1 - within / expected;
}

type Distance = (a: number, b: number) => number;

function pairs(ratings: readonly number[], distance: Distance): number {
  return sumOf(ratings.map((a) => sumOf(ratings.map((b) => distance(a, b)))));
}

const distances: Readonly<Record<RatingScale, (ratings: readonly number[]) => Distance>> = {
  nominal: () => (a, b) => (a === b ? 0 : 1),
  interval: () => (a, b) => (a - b) ** 2,
  ordinal: (ratings) => {
    const ranks = midRanks(ratings);
    return (a, b) => ((ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)) ** 2;
  },
};

/** The difference of mid-ranks is Krippendorff's sum of frequencies between two values, half of each end. */
function midRanks(ratings: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const rating of ratings) counts.set(rating, (counts.get(rating) ?? 0) + 1);
  const ranks = new Map<number, number>();
  let below = 0;
  for (const [rating, count] of [...counts].sort(([a], [b]) => a - b)) {
    ranks.set(rating, below + count / 2);
    below += count;
  }
  return ranks;
}
