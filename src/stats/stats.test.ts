import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cochranMantelHaenszel, mcNemar, stratifiedExact } from './exact-tests.ts';
import { wilsonInterval } from './intervals.ts';
import { krippendorffAlpha } from './krippendorff-alpha.ts';
import { pairedDifference, varianceBudget } from './paired-difference.ts';
import { modeOf, reduceByKey, reduceMax, reduceMean } from './score-reducers.ts';
import { clusteredStandardError, standardError } from './standard-error.ts';
import { tQuantile } from './student-t.ts';

const few = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 8 });

describe('clusteredStandardError()', () => {
  it('is the plain one where each value is a cluster of its own', () => {
    fc.assert(
      fc.property(few, (values) => {
        const clustered = clusteredStandardError(values, [...values.keys()]);
        expect(clustered).toBeCloseTo(standardError(values), 10);
      }),
    );
  });

  it('throws where a value has no cluster', () => {
    expect(() => clusteredStandardError([1, 2], ['a'])).toThrow(RangeError);
  });
});

describe('tQuantile()', () => {
  it('is odd about a half, and the normal quantile for many degrees of freedom', () => {
    expect(tQuantile(0.025, 9)).toBeCloseTo(-tQuantile(0.975, 9), 12);
    expect(tQuantile(0.5, 3)).toBeCloseTo(0, 12);
    expect(tQuantile(0.975, 1e7)).toBeCloseTo(1.959964, 5);
  });

  it('is NaN where there is none', () => {
    expect([tQuantile(1, 3), tQuantile(0.9, 0), tQuantile(Number.NaN, 3)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});

describe('mcNemar()', () => {
  it('is the same whichever version is better, and no p is above 1', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (b, c) => {
        const found = mcNemar(b, c);
        expect(found).toEqual(mcNemar(c, b));
        expect(found.exact).toBeLessThanOrEqual(1);
        expect(found.midP).toBeLessThanOrEqual(found.exact);
      }),
    );
  });

  it('finds ten improvements and no regression significant, where another tool gives 1.999', () => {
    expect(mcNemar(0, 10).exact).toBeCloseTo(2 / 1024, 12);
  });

  it('does not overflow for thousands of pairs', () => {
    expect(mcNemar(2000, 2000).exact).toBe(1);
    expect(mcNemar(1900, 2100).exact).toBeCloseTo(0.0016, 3);
  });
});

describe('stratifiedExact()', () => {
  it('is 1 where no task can differ, for which there is no chi square', () => {
    const strata = [{ first: { passed: 4, trials: 4 }, second: { passed: 4, trials: 4 } }];
    expect(stratifiedExact(strata).twoSided).toBeCloseTo(1, 12);
    expect(cochranMantelHaenszel(strata).chi2).toBe(Number.NaN);
  });
});

describe('krippendorffAlpha()', () => {
  it('is 1 where all agree, NaN where no unit has two ratings, and leaves out what is not there', () => {
    expect(krippendorffAlpha([[2, 2, null]], 'ordinal')).toBe(1);
    expect(krippendorffAlpha([[2], [null, 3]], 'nominal')).toBe(Number.NaN);
  });
});

describe('the reducers', () => {
  it('leave trials without a score out, and give NaN of none', () => {
    expect([reduceMax([]), reduceMax([Number.NaN, 2]), reduceMean([])]).toEqual([
      Number.NaN,
      2,
      Number.NaN,
    ]);
    expect(modeOf([])).toBe(undefined);
  });

  it('throw where trials have different keys', () => {
    expect(() => reduceByKey([{ a: 1 }, { b: 1 }], reduceMean)).toThrow('different keys');
    expect(reduceByKey([], reduceMean)).toEqual({});
  });
});

describe('wilsonInterval()', () => {
  it('lies in 0 to 1 around the share', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), (passed, failed) => {
        fc.pre(passed + failed > 0);
        const { lower, upper } = wilsonInterval(passed, passed + failed);
        expect(lower).toBeGreaterThanOrEqual(-1e-12);
        expect(upper).toBeLessThanOrEqual(1 + 1e-12);
        expect(lower).toBeLessThan(upper);
      }),
    );
  });
});

describe('pairedDifference()', () => {
  it('throws where the tasks are not the same', () => {
    expect(() => pairedDifference([[1]], [])).toThrow(RangeError);
  });
});

describe('varianceBudget()', () => {
  it('has no variance between tasks below 0', () => {
    expect(
      varianceBudget([
        [0, 1],
        [1, 0],
      ]),
    ).toEqual({ within: 0.5, between: 0, icc: 0 });
  });
});
