import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { fisherExact } from './fisher-exact.ts';
import { holm } from './holm.ts';
import { spentLevels } from './spent-levels.ts';

const rounded = (values: readonly (number | null)[]) =>
  values.map((one) => (one === null ? null : Number(one.toFixed(4))));
/** Benjamini & Hochberg 1995, section 4.1: fifteen comparisons of two treatments. */
const NEUHAUS = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
  0.6528, 0.759, 1,
];
const ps = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 12 });

describe('holm()', () => {
  it('keeps the order, and leaves out what was not tested', () => {
    expect(rounded(holm([0.01, null, 0.04, 0.03, 0.005]))).toEqual([0.03, null, 0.06, 0.06, 0.02]);
    expect(holm([])).toEqual([]);
    expect(holm([null])).toEqual([null]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
  });

  it('rejects three of the fifteen of Benjamini & Hochberg', () => {
    expect(holm(NEUHAUS).filter((one) => (one ?? 1) <= 0.05)).toHaveLength(3);
  });

  it('is never below the p, never above Bonferroni’s, and in the order of the ps', () => {
    fc.assert(
      fc.property(ps, (given) => {
        const tested = given.filter((one) => one !== null).length;
        const adjusted = holm(given);
        given.forEach((p, at) => {
          const own = adjusted[at] ?? null;
          if (p === null || own === null) {
            expect(own).toBe(p);
            return;
          }
          expect(own).toBeGreaterThanOrEqual(p);
          expect(own).toBeLessThanOrEqual(Math.min(1, p * tested) + 1e-12);
          given.forEach((other, place) => {
            if (other !== null && other <= p) expect(adjusted[place]).toBeLessThanOrEqual(own);
          });
        });
      }),
    );
  });
});

describe('benjaminiHochberg()', () => {
  it('rejects four of the fifteen of Benjamini & Hochberg', () => {
    expect(benjaminiHochberg(NEUHAUS).filter((one) => (one ?? 1) <= 0.05)).toHaveLength(4);
  });

  it('gives the adjusted values of R, in the order given', () => {
    // p.adjust(c(0.01, 0.04, 0.03, 0.005), "BH")
    expect(rounded(benjaminiHochberg([0.01, 0.04, null, 0.03, 0.005]))).toEqual([
      0.02,
      0.04,
      null,
      0.04,
      0.02,
    ]);
    expect(benjaminiHochberg([null, null])).toEqual([null, null]);
  });

  it('is never above Holm’s', () => {
    fc.assert(
      fc.property(ps, (given) => {
        const strict = holm(given);
        benjaminiHochberg(given).forEach((one, at) => {
          if (one !== null) expect(one).toBeLessThanOrEqual((strict[at] ?? 0) + 1e-12);
        });
      }),
    );
  });
});

describe('fisherExact()', () => {
  const of = (happened: number, trials: number) => ({ happened, trials });

  it('gives the p of Fisher’s lady tasting tea', () => {
    const { twoSided, worse } = fisherExact(of(3, 4), of(1, 4));
    expect(twoSided).toBeCloseTo(0.4857, 4);
    expect(worse).toBeCloseTo(0.2429, 4);
  });

  it('gives the two-sided p of R where sides have unequally many trials', () => {
    // Fisher 1970, p. 96: criminal twins, 10 of 13 and 2 of 17 convicted
    const { twoSided, worse } = fisherExact(of(10, 13), of(2, 17));
    expect(twoSided).toBeCloseTo(0.0005367, 7);
    expect(worse).toBeCloseTo(0.0004652, 7);
  });

  it('is 1 where nothing differs or there is nothing, and small where all broke', () => {
    expect(fisherExact(of(4, 4), of(4, 4))).toEqual({ twoSided: 1, worse: 1 });
    expect(fisherExact(of(0, 0), of(2, 4)).twoSided).toBe(1);
    expect(fisherExact(of(5, 5), of(0, 5)).worse).toBeCloseTo(1 / 252, 12);
    expect(fisherExact(of(0, 5), of(5, 5)).worse).toBeCloseTo(1, 12);
  });
});

describe('spentLevels()', () => {
  it('spends what O’Brien & Fleming’s boundary of five looks does', () => {
    // Spent until each look, one-sided 0.025 (Lan & DeMets 1983): 0.0000, 0.0004, 0.0038, 0.0122, 0.025
    let spent = 0;
    const until = spentLevels(5, 0.025).map((level) => {
      spent += level;
      return Number(spent.toFixed(4));
    });
    expect(until).toEqual([0, 0.0004, 0.0038, 0.0122, 0.025]);
  });

  it('grows from look to look, and never adds up to more than alpha', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.double({ min: 0.001, max: 0.1, noNaN: true }),
        (looks, alpha) => {
          const levels = spentLevels(looks, alpha);
          const sum = levels.reduce((all, one) => all + one, 0);
          expect(sum).toBeLessThanOrEqual(alpha);
          expect(sum).toBeCloseTo(alpha, 10);
          expect([...levels].sort((a, b) => a - b)).toEqual(levels);
        },
      ),
    );
    expect(spentLevels(1, 0.05)[0]).toBeCloseTo(0.05, 10);
  });
});
