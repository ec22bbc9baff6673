import { expect, it } from 'vitest';
import { bootstrapInterval } from './bootstrap.ts';
import { seededRandom } from './seeded-random.ts';

const shareOf = ([hits = 0, of = 0]: readonly number[]) => (of === 0 ? null : hits / of);
/** Items of which so many hit. */
const items = (hits: number, of: number) =>
  Array.from({ length: of }, (_, at) => [at < hits ? 1 : 0, 1]);

it('bootstrapInterval() of a share has the quantiles of its binomial distribution', () => {
  // Binomial(16, 0.5): P(X ≤ 3) = 0.011 and P(X ≤ 4) = 0.038, so that 4 and 12 are its quantiles
  expect(bootstrapInterval(items(8, 16), shareOf)).toEqual({ lower: 4 / 16, upper: 12 / 16 });
});

it('bootstrapInterval() is the same for the same seed and differs little for another', () => {
  const once = bootstrapInterval(items(13, 37), shareOf);
  expect(bootstrapInterval(items(13, 37), shareOf)).toEqual(once);
  const other = bootstrapInterval(items(13, 37), shareOf, 1);
  expect(other?.lower).toBeCloseTo(once?.lower ?? 0, 1);
});

it('bootstrapInterval() is wider where items of a cluster are alike', () => {
  const alone = bootstrapInterval(items(20, 40), shareOf);
  const clustered = bootstrapInterval(
    [...new Array(5).fill([4, 4]), ...new Array(5).fill([0, 4])],
    shareOf,
  );
  const width = (one: typeof alone) => (one ? one.upper - one.lower : 0);
  expect(width(clustered)).toBeGreaterThan(1.7 * width(alone));
});

it('bootstrapInterval() is null of nothing, of one unit, and of a figure that is hardly ever defined', () => {
  expect(bootstrapInterval([], shareOf)).toBeNull();
  expect(bootstrapInterval([[1, 1]], shareOf)).toBeNull();
  const rare = ([hits = 0]: readonly number[]) => (hits > 3 ? 1 : null);
  expect(bootstrapInterval(items(2, 10), rare)).toBeNull();
});

it('seededRandom() spreads evenly and depends on its seed', () => {
  const random = seededRandom(7);
  const drawn = Array.from({ length: 20_000 }, random);
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  expect(mean).toBeCloseTo(0.5, 2);
  expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(new Set(drawn).size).toBeGreaterThan(19_900);
  expect(seededRandom(8)()).not.toBe(seededRandom(7)());
});
