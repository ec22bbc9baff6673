import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atMostOfTosses,
  cochranMantelHaenszel,
  mcNemar,
  type Stratum,
  stratifiedExact,
} from './exact-tests.ts';

const stratum = (a: number, of: number, b: number, from: number): Stratum => ({
  first: { passed: a, trials: of },
  second: { passed: b, trials: from },
});

/** Admissions to Berkeley 1973 by department: men and women admitted, of how many (Bickel et al. 1975; R's UCBAdmissions). */
const BERKELEY = [
  stratum(512, 825, 89, 108),
  stratum(353, 560, 17, 25),
  stratum(120, 325, 202, 593),
  stratum(138, 417, 131, 375),
  stratum(53, 191, 94, 393),
  stratum(22, 373, 24, 341),
];

/** Chance of as few or fewer by trying which of all trials could have been those of the second version. */
function bruteForce(tasks: readonly Stratum[]): number {
  let sums = new Map([[0, 1]]);
  let ways = 1;
  for (const { first, second } of tasks) {
    const n = first.trials + second.trials;
    const passed = first.passed + second.passed;
    const next = new Map<number, number>();
    let own = 0;
    for (let chosen = 0; chosen < 2 ** n; chosen++) {
      const bits = Array.from({ length: n }, (_, bit) => (chosen >> bit) & 1);
      if (bits.reduce((sum, bit) => sum + bit, 0) !== second.trials) continue;
      own++;
      const hits = bits.slice(0, passed).reduce((sum, bit) => sum + bit, 0);
      for (const [sum, count] of sums) next.set(sum + hits, (next.get(sum + hits) ?? 0) + count);
    }
    sums = next;
    ways *= own;
  }
  const observed = tasks.reduce((sum, { second }) => sum + second.passed, 0);
  return [...sums].reduce((all, [sum, count]) => all + (sum <= observed ? count : 0), 0) / ways;
}

const side = fc
  .integer({ min: 1, max: 4 })
  .chain((trials) =>
    fc.record({ passed: fc.integer({ min: 0, max: trials }), trials: fc.constant(trials) }),
  );
const strata = fc.array(fc.record({ first: side, second: side }), { minLength: 1, maxLength: 4 });

describe('mcNemar()', () => {
  it('gives the published p of Fagerland, Lydersen & Laake 2013: 1 and 7 discordant pairs', () => {
    const { exact, midP } = mcNemar(1, 7);
    expect(exact).toBeCloseTo(0.0703, 4);
    expect(midP).toBeCloseTo(0.0391, 4);
  });

  it('is told of hundreds of thousands of pairs', () => {
    expect(mcNemar(100_000, 100_000).exact).toBe(1);
    // z = 1000/√200000 = 2.236, of which the normal p is 0.0253
    expect(mcNemar(99_500, 100_500).exact).toBeCloseTo(0.0254, 3);
    expect(mcNemar(0, 100_000).exact).toBe(0);
  });
});

describe('atMostOfTosses()', () => {
  it('adds up to one with its mirror', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: -1, max: 60 }), (n, k) => {
        fc.pre(k <= n);
        expect(atMostOfTosses(n, k) + atMostOfTosses(n, n - k - 1)).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('stratifiedExact()', () => {
  it('is what trying all ways of drawing gives', () => {
    fc.assert(
      fc.property(strata, (tasks) => {
        const { lower, upper, twoSided } = stratifiedExact(tasks);
        expect(lower).toBeCloseTo(bruteForce(tasks), 10);
        expect(twoSided).toBeCloseTo(Math.min(1, 2 * Math.min(lower, upper)), 12);
      }),
      { numRuns: 60 },
    );
  });

  it('is McNemar’s test of single trials', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(12), fc.nat(3), (b, c, same) => {
        const tasks = [
          ...new Array<Stratum>(b).fill(stratum(1, 1, 0, 1)),
          ...new Array<Stratum>(c).fill(stratum(0, 1, 1, 1)),
          ...new Array<Stratum>(same).fill(stratum(1, 1, 1, 1)),
        ];
        const { lower, twoSided, method } = stratifiedExact(tasks);
        expect(twoSided).toBeCloseTo(mcNemar(b, c).exact, 10);
        expect(lower).toBeCloseTo(atMostOfTosses(b + c, c), 10);
        expect(method).toBe('exact');
      }),
    );
  });

  it('passes over tasks that cannot differ, however many', () => {
    const few = [stratum(3, 4, 1, 4), stratum(2, 4, 2, 4)];
    const many = [...few, ...new Array<Stratum>(100_000).fill(stratum(4, 4, 4, 4))];
    expect(stratifiedExact(many)).toEqual(stratifiedExact(few));
  });

  it('goes over to the normal distribution of 100,000 tasks, and says so', () => {
    const tasks = [
      ...new Array<Stratum>(50_500).fill(stratum(3, 4, 2, 4)),
      ...new Array<Stratum>(49_500).fill(stratum(2, 4, 3, 4)),
    ];
    // Σ(x − m/2) = −500, variance 100000 · 5·3·16/(64·7): z with correction −499.5/231.46
    const { lower, twoSided, method } = stratifiedExact(tasks);
    expect(lower).toBeCloseTo(0.01547, 4);
    expect(twoSided).toBeCloseTo(2 * lower, 12);
    expect(method).toBe('cmh');
  });

  it('is much the same exactly and by the normal distribution', () => {
    const tasks = [
      ...new Array<Stratum>(160).fill(stratum(3, 4, 2, 4)),
      ...new Array<Stratum>(140).fill(stratum(2, 4, 3, 4)),
    ];
    const { corrected } = cochranMantelHaenszel(tasks);
    const { twoSided, method } = stratifiedExact(tasks);
    expect(method).toBe('exact');
    // χ² = (10 − 0.5)²/160.71: p of a normal 0.7494
    expect(corrected).toBeCloseTo(0.5616, 3);
    expect(twoSided).toBeCloseTo(0.4536, 2);
  });
});

describe('cochranMantelHaenszel()', () => {
  it('gives what R gives of admissions to Berkeley: 1.5246, and 1.4269 corrected', () => {
    const { chi2, corrected } = cochranMantelHaenszel(BERKELEY);
    expect(chi2).toBeCloseTo(1.5246, 4);
    expect(corrected).toBeCloseTo(1.4269, 4);
  });
});
