import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceAtMost, lowestMean } from './bounded-mean.ts';
import { zeroFailuresBound } from './intervals.ts';
import { normalBelow, normalQuantile } from './normal.ts';
import { seededRandom } from './seeded-random.ts';
import { tBelow, tQuantile } from './student-t.ts';

/** So many tasks each lost, unchanged and won. */
const sampleOf = (lost: number, same: number, won = 0) => ({
  values: [-1, 0, 1],
  counts: [lost, same, won],
  weights: [1, 1, 1],
  least: -1,
  most: 1,
});

describe('lowestMean()', () => {
  it.each([
    // Clopper & Pearson's upper bounds at 97.5 %, as of R's binom.test
    [3, 10, 0.6525],
    [1, 10, 0.4456],
    [5, 50, 0.2181],
    [1, 100, 0.0545],
  ])('is Clopper & Pearson’s of %d losses in %d tasks', (lost, tasks, bound) => {
    expect(lowestMean(sampleOf(lost, tasks - lost), 0.025)).toBeCloseTo(-bound, 3);
  });

  it('is 1 − α^(1/n) where all are alike', () => {
    const alike = { values: [0], counts: [30], weights: [1], least: -1, most: 1 };
    expect(lowestMean(alike, 0.025)).toBeCloseTo(-zeroFailuresBound(30, 0.025), 9);
    const lost = { ...alike, values: [-1] };
    expect(lowestMean(lost, 0.025)).toBe(-1);
  });

  it('is the limit of which the chance is alpha', () => {
    const few = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(few, few, few, fc.constantFrom(0.001, 0.025, 0.1), (lost, same, won, alpha) => {
        fc.pre(same + won > 0);
        const sample = sampleOf(lost, same, won);
        expect(chanceAtMost(sample, lowestMean(sample, alpha))).toBeCloseTo(alpha, 6);
      }),
    );
  });
});

describe('chanceAtMost()', () => {
  it('is what drawing exponential weights gives', () => {
    const random = seededRandom(3);
    const values = [-0.75, -0.5, -0.25, 0, 0.25];
    const counts = [1, 2, 5, 9, 3];
    const sample = { values, counts, weights: [1, 1, 1, 1, 1], least: -0.6, most: 1 };
    const weightOf = (count: number) =>
      Array.from({ length: count }, () => -Math.log(1 - random())).reduce((a, b) => a + b, 0);
    let low = 0;
    for (let draw = 0; draw < 20_000; draw++) {
      const sum = values.reduce(
        (all, value, at) => all + weightOf(counts[at] ?? 0) * (value + 0.3),
        weightOf(1) * -0.3,
      );
      if (sum <= 0) low++;
    }
    // Three standard errors of a chance of 0.02
    expect(Math.abs(chanceAtMost(sample, -0.3) - low / 20_000)).toBeLessThan(0.003);
  });

  it('is 0 and 1 beyond all that may be', () => {
    expect(chanceAtMost(sampleOf(1, 5, 1), -1)).toBe(0);
    expect(chanceAtMost(sampleOf(1, 5, 1), 1)).toBe(1);
  });
});

describe('the normal distribution', () => {
  it('has the values of tables, far out too', () => {
    expect(normalBelow(1.959963984540054)).toBeCloseTo(0.975, 14);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalBelow(-8) / 6.220960574271785e-16).toBeCloseTo(1, 10);
    expect(normalBelow(-5.000001) / normalBelow(-4.999999)).toBeCloseTo(1, 4);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.2623400898, 9);
    expect([normalBelow(40), normalBelow(-40), normalBelow(Number.NaN)]).toEqual([
      1,
      0,
      Number.NaN,
    ]);
    expect([0, 1, 2, Number.NaN].map(normalQuantile)).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NaN,
      Number.NaN,
    ]);
  });

  it('is turned round by its quantile, as that of Student is', () => {
    const chance = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
    fc.assert(
      fc.property(chance, fc.integer({ min: 1, max: 300 }), (p, df) => {
        expect(normalBelow(normalQuantile(p))).toBeCloseTo(p, 12);
        expect(tBelow(tQuantile(p, df), df)).toBeCloseTo(p, 10);
      }),
    );
  });
});
