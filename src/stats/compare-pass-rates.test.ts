import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePassRates } from './compare-pass-rates.ts';
import { atMostOfTosses } from './exact-tests.ts';
import { zeroFailuresBound } from './intervals.ts';
import type { TaskScores } from './paired-difference.ts';

const digits = (...tasks: string[]) => tasks.map((text) => [...text].map(Number));
const A = digits('1111', '1101', '0000', '1010', '1111', '0100', '1110', '1111');
const B = digits('1111', '1001', '0000', '0010', '1111', '0000', '1010', '1111');
const many = (tasks: number, ...scores: number[]) => Array.from({ length: tasks }, () => scores);

function compared(base: TaskScores, head: TaskScores, options = {}) {
  const found = comparePassRates(base, head, options);
  if (!found) throw new Error('Nothing was compared');
  return found;
}

const trials = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 4 });
const pairs = fc.array(fc.tuple(trials, trials), { minLength: 1, maxLength: 8 });

describe('comparePassRates()', () => {
  it('gives the figures of the worked example', () => {
    const found = compared(A, B);
    expect(found).toMatchObject({ base: 0.65625, head: 0.53125, difference: -0.125, tasks: 8 });
    expect(found.errors.random_tasks).toBeCloseTo(0.0472455591261534, 12);
    expect(found.errors.fixed_tasks).toBeCloseTo(0.08838834764831843, 12);
    expect(found.tests.stratified).toMatchObject({ method: 'exact' });
    expect(found.tests.stratified?.lower).toBeCloseTo(0.1321064139941691, 10);
    expect(found.p).toBeCloseTo(0.2642128279883382, 10);
    expect(found.tests.sign_flip).toEqual({ p: 0.125, method: 'exact' });
    expect(found.tests.mcnemar).toBeNull();
    expect(found.test).toBe('stratified_exact');
    // −0.125 ± 2.3646 · 0.0884, by the greater error
    expect(found.interval.lower).toBeCloseTo(-0.334, 3);
    expect(found.interval.upper).toBeCloseTo(0.084, 3);
    expect(found.pWorse).toBeGreaterThan(0.025);
  });

  it('goes by McNemar’s test of single trials, alone', () => {
    const [base, head] = [
      [...many(9, 1), ...many(11, 1)],
      [...many(9, 0), ...many(11, 1)],
    ];
    const found = compared(base, head);
    expect(found.tests.mcnemar).toMatchObject({ only_base: 9, only_head: 0 });
    expect(found.tests.stratified).toBeNull();
    expect(found).toMatchObject({ test: 'mcnemar_exact', p: 2 / 2 ** 9 });
    expect(found.interval.upper).toBeLessThan(0);
    expect(found.pWorse).toBeLessThan(0.025);
  });

  it('bounds single trials just as strictly as McNemar’s test', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.nat(25), fc.nat(10), (b, c, same) => {
        const base = [...many(b, 1), ...many(c, 0), ...many(same + 1, 1)];
        const head = [...many(b, 0), ...many(c, 1), ...many(same + 1, 1)];
        const exact = atMostOfTosses(b + c, c);
        fc.pre(Math.abs(exact - 0.025) > 0.0005);
        expect(compared(base, head).interval.upper < 0).toBe(exact <= 0.025);
      }),
    );
  });

  it.each<[string, TaskScores, TaskScores, number]>([
    ['all passed', many(10, 1), many(10, 1), zeroFailuresBound(10, 0.025)],
    ['all of two trials failed', many(20, 0, 0), many(20, 0, 0), zeroFailuresBound(20, 0.025) / 2],
  ])(
    'bounds the difference by 1 − α^(1/n), of one trial of each task, where %s',
    (_, base, head, bound) => {
      const { interval, p, pWorse } = compared(base, head);
      expect(interval.lower).toBeCloseTo(-bound, 9);
      expect(interval.upper).toBeCloseTo(bound, 9);
      expect(interval.method).toBe('all_alike');
      expect([p, pWorse]).toEqual([1, 1]);
    },
  );

  it('has bounds with room between that hold the difference, never [0, 0] and never [1, 1]', () => {
    fc.assert(
      fc.property(pairs, (tasks) => {
        const { interval, difference } = compared(
          tasks.map(([a]) => a),
          tasks.map(([, b]) => b),
        );
        expect(interval.upper - interval.lower).toBeGreaterThan(0.01);
        expect(interval.lower).toBeLessThanOrEqual(difference + 1e-9);
        expect(interval.upper).toBeGreaterThanOrEqual(difference - 1e-9);
        expect(interval.lower).toBeGreaterThanOrEqual(-1);
        expect(interval.upper).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is mirrored where the versions change places', () => {
    fc.assert(
      fc.property(pairs, (tasks) => {
        const [base, head] = [tasks.map(([a]) => a), tasks.map(([, b]) => b)];
        const [one, other] = [compared(base, head), compared(head, base)];
        expect(one.interval.lower).toBeCloseTo(-other.interval.upper, 7);
        expect(one.p).toBeCloseTo(other.p, 10);
      }),
    );
  });

  it('has one-sided p that agree with the interval and the test at any level', () => {
    const level = fc.constantFrom(0.8, 0.9, 0.95, 0.99);
    fc.assert(
      fc.property(pairs, level, fc.constantFrom(0.03, 0.1, 0.3), (tasks, at, margin) => {
        const [base, head] = [tasks.map(([a]) => a), tasks.map(([, b]) => b)];
        const found = compared(base, head, { level: at });
        const alpha = (1 - at) / 2;
        const worse = found.interval.upper < 0 && found.p / 2 <= alpha;
        if (Math.abs(found.pWorse - alpha) > 1e-6) expect(found.pWorse <= alpha).toBe(worse);
        const p = found.pNotInferior(margin);
        if (Math.abs(p - alpha) > 1e-6) expect(p <= alpha).toBe(found.interval.lower > -margin);
      }),
    );
  });

  it('counts all rows of a task as one cluster', () => {
    const [base, head] = [many(12, 1, 1), [...many(4, 0, 0), ...many(8, 1, 1)]];
    const alone = compared(base, head);
    const clusters = base.map((_, row) => row >> 2);
    const clustered = compared(base, head, { clusters });
    expect(alone.pWorse).toBeLessThan(0.025);
    // One task of three broke under all of its attacks
    expect(clustered.pWorse).toBeGreaterThan(0.1);
    expect(clustered.tests.sign_flip?.p).toBe(1);
    expect(clustered.difference).toBe(alone.difference);
    expect(compared(base, head, { clusters: base.map((_, row) => row) }).interval).toEqual(
      alone.interval,
    );
  });

  it('says of tasks that all broke that head is worse, however few', () => {
    const found = compared(many(3, 1, 1, 1, 1), many(3, 0, 0, 0, 0));
    expect(found.interval.upper).toBeLessThan(-0.3);
    expect(found.pWorse).toBeLessThan(0.025);
  });

  it('goes by the trials of one task alone', () => {
    const found = compared([[1, 1, 1, 1, 1]], [[0, 0, 0, 0, 0]]);
    expect(found.interval.method).toBe('newcombe');
    expect(found.interval.upper).toBeCloseTo(-0.386, 3);
    expect(found.pWorse).toBeCloseTo(1 / 252, 10);
    const alike = compared([[1]], [[1]]).interval;
    // Wilson's of 1 of 1 begins at 0.2065
    expect(alike.lower).toBeCloseTo(-0.7935, 4);
    expect(alike.upper).toBeCloseTo(0.7935, 4);
  });

  it('leaves out tasks of which one version has no trial, and is null without any', () => {
    expect(compared([[1], [], [0]], [[1], [1], []]).tasks).toBe(1);
    expect(comparePassRates([], [])).toBeNull();
    expect(comparePassRates([[1]], [[]])).toBeNull();
  });

  it('throws where tasks or clusters are not as many', () => {
    expect(() => comparePassRates([[1]], [])).toThrow(RangeError);
    expect(() => comparePassRates([[1]], [[1]], { clusters: [] })).toThrow(RangeError);
  });

  it('compares 100,000 tasks, and says that its test is then approximate', () => {
    const [base, head] = [many(100_000, 1, 1, 0), many(100_000, 1, 0, 1)];
    expect(compared(base, head).test).toBe('stratified_cmh');
    const single = compared(many(100_000, 1), [...many(99_000, 1), ...many(1000, 0)]);
    expect(single.test).toBe('mcnemar_exact');
    expect(single.interval.upper).toBeLessThan(0);
  });
});
