import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalSum } from './decimal-sum.ts';

describe('decimalSum()', () => {
  it.each<[readonly number[], number]>([
    [[], 0],
    [[0.1, 0.2], 0.3],
    [[0.1, 0.2, -0.3], 0],
    [[1e15, -1e15, 1e-9], 1e-9],
    [[1e308, -1e308, 5e-324], 5e-324],
    [[-0], 0],
    [[1e21, 1], 1e21 + 1],
    [[1.5e-7, 1.5e-7], 3e-7],
    [[-1.25, 0.5], -0.75],
    [[1e308, 1e308], Number.POSITIVE_INFINITY],
    [[Number.POSITIVE_INFINITY, 1], Number.POSITIVE_INFINITY],
  ])('adds %j up to %d', (values, sum) => {
    expect(decimalSum(values)).toBe(sum);
  });

  it('adds hundredths up as integers do', () => {
    void fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { maxLength: 20 }), (cents) => {
        const sum = cents.reduce((total, one) => total + one, 0);
        expect(decimalSum(cents.map((one) => one / 100))).toBe(sum / 100 + 0);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('does not depend on the order', () => {
    const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 6 });
    void fc.assert(
      fc.property(numbers, (values) => {
        expect(decimalSum(values.toReversed())).toBe(decimalSum(values));
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
