import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcNemar } from './exact-tests.ts';
import { seededRandom } from './seeded-random.ts';
import { signFlip } from './sign-flip.ts';

function bruteForce(differences: readonly number[]): number {
  const observed = Math.abs(differences.reduce((sum, one) => sum + one, 0));
  let asFar = 0;
  for (let signs = 0; signs < 2 ** differences.length; signs++) {
    const sum = differences.reduce((all, one, at) => all + ((signs >> at) & 1 ? -one : one), 0);
    if (Math.abs(sum) >= observed - 1e-9) asFar++;
  }
  return asFar / 2 ** differences.length;
}

describe('signFlip()', () => {
  it('is what trying all signs gives, of steps and of any numbers', () => {
    const quarters = fc.array(
      fc.integer({ min: -4, max: 4 }).map((n) => n / 4),
      { maxLength: 10 },
    );
    const numbers = fc.array(
      fc.integer({ min: -9999, max: 9999 }).map((n) => n / 7919),
      {
        maxLength: 10,
      },
    );
    fc.assert(
      fc.property(fc.oneof(quarters, numbers), (differences) => {
        const { p, method } = signFlip(differences);
        expect(p).toBeCloseTo(bruteForce(differences), 10);
        expect(method).toBe('exact');
      }),
    );
  });

  it('is McNemar’s test of single trials, however many', () => {
    const differences = [...new Array<number>(30).fill(-1), ...new Array<number>(15).fill(1), 0, 0];
    expect(signFlip(differences).p).toBeCloseTo(mcNemar(30, 15).exact, 10);
  });

  it('is 1 without differences, and 2^(1 − m) at least', () => {
    expect(signFlip([0, 0])).toEqual({ p: 1, method: 'exact' });
    expect(signFlip([]).p).toBe(1);
    expect(signFlip([0.11, 0.27, 0.31, 0.07]).p).toBe(2 ** -3);
  });

  it('draws flips where there are many, the same for the same seed, and none is as rare as 0', () => {
    const random = seededRandom(5);
    const differences = Array.from({ length: 60 }, () => random() - 0.4);
    const { p, method } = signFlip(differences, 3);
    expect(method).toBe('monte_carlo');
    expect(signFlip(differences, 3).p).toBe(p);
    const squares = differences.reduce((sum, one) => sum + one * one, 0);
    const z = differences.reduce((sum, one) => sum + one, 0) / Math.sqrt(squares);
    expect(z).toBeGreaterThan(1);
    expect(signFlip(differences, 4).p).toBeCloseTo(p, 1);
    expect(signFlip(differences.map(Math.abs)).p).toBe(1 / 10_001);
  });

  it('is normal beyond 2,000 differences, and says so', () => {
    const random = seededRandom(6);
    const differences = Array.from({ length: 100_000 }, () => random() - 0.5);
    const { p, method } = signFlip(differences);
    expect(method).toBe('normal');
    expect(p).toBeGreaterThan(0.001);
    expect(signFlip(differences.map((one) => one + 0.01)).p).toBeLessThan(1e-12);
  });
});
