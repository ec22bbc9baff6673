import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutOfBudget } from '../../match/budget.ts';
import { adkMatches, adkToolTrajectory } from './adk-tool-trajectory.ts';
import type { ComparedCall } from './compared-call.ts';
import { deepevalToolCorrectness } from './deepeval-tool-correctness.ts';
import { type Sketch, sketched } from './metrics.test-support.ts';
import { precisionRecall } from './precision-recall.ts';
import { ragasToolCallAccuracy, ragasVariants } from './ragas-tool-call-accuracy.ts';

const args = fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), fc.constantFrom(0, 1, [1]));
const sketch = fc.tuple(fc.constantFrom('a', 'constructor'), args);
const few = fc.array(sketch, { maxLength: 4 }).map((calls) => sketched(...calls));
type Calls = readonly ComparedCall[];

const metrics: Record<string, (expected: Calls, made: Calls) => number> = {
  precision: (expected, made) => precisionRecall(expected, made).precision,
  recall: (expected, made) => precisionRecall(expected, made).recall,
  f1: (expected, made) => precisionRecall(expected, made).f1,
  ...Object.fromEntries(
    adkMatches.map((match) => [
      `adk ${match}`,
      (expected: Calls, made: Calls) => adkToolTrajectory([expected], [made], match),
    ]),
  ),
  ...Object.fromEntries(
    (['any_order', 'in_order', 'exact'] as const).map((match) => [
      `deepeval ${match}`,
      (expected: Calls, made: Calls) =>
        deepevalToolCorrectness(expected, made, { match, params: true }),
    ]),
  ),
  ...Object.fromEntries(
    ragasVariants.map((variant) => [
      `ragas ${variant}`,
      (expected: Calls, made: Calls) => ragasToolCallAccuracy(expected, made, variant),
    ]),
  ),
};

describe.each(Object.entries(metrics))('%s', (_, measure) => {
  it('lies between 0 and 1, and is 1 for the reference itself', () => {
    fc.assert(
      fc.property(few, few, (expected, made) => {
        const value = measure(expected, made);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        expect(measure(expected, expected)).toBe(1);
      }),
    );
  });
});

describe('precisionRecall()', () => {
  it('turns precision into recall and keeps F1 when the sides are turned', () => {
    fc.assert(
      fc.property(few, few, (expected, made) => {
        const [one, other] = [precisionRecall(expected, made), precisionRecall(made, expected)];
        expect([one.precision, one.recall, one.f1]).toEqual([
          other.recall,
          other.precision,
          other.f1,
        ]);
      }),
    );
  });
});

/** The best sum over every way to pair the rest; with an order, pairs must not cross. */
function oracle(
  expected: Calls,
  made: Calls,
  score: (one: ComparedCall, other: ComparedCall) => number,
  ordered: boolean,
): number {
  const [first, ...rest] = expected;
  if (!first) return 0;
  const without = oracle(rest, made, score, ordered);
  return made.reduce((best, call, at) => {
    if (call.tool !== first.tool) return best;
    const left = ordered ? made.slice(at + 1) : made.filter((_, index) => index !== at);
    return Math.max(best, score(first, call) + oracle(rest, left, score, ordered));
  }, without);
}

const deepevalPair = (one: ComparedCall, other: ComparedCall) =>
  deepevalToolCorrectness([one], [other], { params: true });
const ragasPair = (one: ComparedCall, other: ComparedCall) =>
  ragasToolCallAccuracy([one], [other], 'strict');

describe('the pairing', () => {
  it.each(['any_order', 'in_order'] as const)('is the best there is, %s', (match) => {
    fc.assert(
      fc.property(few, few, (expected, made) => {
        fc.pre(expected.length > 0);
        const value = deepevalToolCorrectness(expected, made, { params: true, match });
        const best = oracle(expected, made, deepevalPair, match === 'in_order');
        expect(value).toBeCloseTo(best / expected.length, 10);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the best there is for Ragas', () => {
    fc.assert(
      fc.property(few, few, (expected, made) => {
        const value = ragasToolCallAccuracy(expected, made, 'contained');
        fc.pre(value > 0 && expected.length > 0);
        expect(value).toBeCloseTo(oracle(expected, made, ragasPair, false) / expected.length, 10);
      }),
      { numRuns: 1000 },
    );
  });
});

const many = (count: number, from = 0): Sketch[] =>
  Array.from({ length: count }, (_, n) => ['a', { n: n + from, x: 1 }]);

describe('10,000 calls', () => {
  const calls = sketched(...many(10_000));

  it.each(Object.entries(metrics))('are measured at once by %s', (_, measure) => {
    expect(measure(calls, calls)).toBe(1); // within the time that a test has
  });

  it('are paired with a few near misses', () => {
    const expected = sketched(...many(20, 20_000));
    expect(deepevalToolCorrectness(expected, calls, { params: true })).toBe(0.5);
  });

  it('are refused where the pairing would take too long', () => {
    const expected = sketched(...many(10_000, 20_000));
    const measure = () => deepevalToolCorrectness(expected, calls, { params: true });
    expect(measure).toThrow(OutOfBudget);
  });
});
