import { describe, expect, it } from 'vitest';
import { comparePassRates } from './compare-pass-rates.ts';
import { minimumDetectable } from './minimum-detectable.ts';
import { shareOfPairs } from './simulated-pairs.test-support.ts';
import { whatWouldHelp } from './what-would-help.ts';

const many = (tasks: number, ...scores: number[]) => Array.from({ length: tasks }, () => scores);

/** Mean of what is detectable in pairs that do not differ. */
function typicallyDetectable(tasks: number, trials: number, rate: number): number {
  const found: number[] = [];
  shareOfPairs({ tasks, trials, draw: () => [rate, rate] }, 50, (base, head) => {
    const least = minimumDetectable(base, head);
    if (least !== null) found.push(least);
    return true;
  });
  return found.reduce((sum, one) => sum + one, 0) / found.length;
}

describe('minimumDetectable()', () => {
  it.each([
    [20, 1, 0.9],
    [50, 1, 0.8],
    [50, 1, 0.98],
    [10, 2, 0.8],
    [10, 4, 0.8],
    [30, 3, 0.8],
    [30, 3, 0.99],
    [20, 10, 0.7],
    [100, 4, 0.9],
  ])('is shown 80 times in 100 by %d tasks of %d trials at %d', (tasks, trials, rate) => {
    const least = typicallyDetectable(tasks, trials, rate);
    const draw = () => [rate, rate - least] as const;
    const shown = shareOfPairs(
      { tasks, trials, draw },
      1000,
      (base, head) => (comparePassRates(base, head)?.pWorse ?? 1) <= 0.025,
    );
    expect(shown).toBeGreaterThan(0.75);
    expect(shown).toBeLessThan(0.85);
  });

  it('is the formula of many tasks', () => {
    // Half of 10,000 tasks differ by 1, up and down: variance 0.5, which 0.02 hardly changes
    const base = [...many(5000, 1), ...many(2500, 1), ...many(2500, 0)];
    const head = [...many(5000, 1), ...many(2500, 0), ...many(2500, 1)];
    const formula = (1.959964 + 0.841621) * Math.sqrt(0.5 / 10_000);
    expect(minimumDetectable(base, head)).toBeCloseTo(formula, 3);
  });

  it('is never 0, where nothing varied either', () => {
    const found = [many(10, 1, 1), many(100, 1), many(1000, 0, 0)].map((one) =>
      minimumDetectable(one, one),
    );
    expect(found.every((one) => one !== null && one > 0.001)).toBe(true);
  });

  it('is null where not even a difference of 1 would be shown', () => {
    expect(minimumDetectable([], [])).toBeNull();
    expect(minimumDetectable([[1]], [[1]])).toBeNull();
    // McNemar's test needs six tasks that all differ
    expect(minimumDetectable(many(5, 1), many(5, 1))).toBeNull();
    expect(minimumDetectable(many(6, 1), many(6, 1))).toBeGreaterThan(0.9);
  });

  it('is told of the trials of one task', () => {
    const scores = [...new Array(50).fill(1), ...new Array(50).fill(0)];
    expect(minimumDetectable([scores], [scores])).toBeCloseTo(0.2, 1);
  });
});

describe('whatWouldHelp()', () => {
  it('is nothing where the margin can be seen', () => {
    const base = many(400, 1, 1, 1, 0);
    expect(whatWouldHelp(base, base, 0.5).more).toBe('nothing');
  });

  it('is either where trials are all alike, as many as the rule of three asks for', () => {
    const base = many(10, 1, 1);
    const found = whatWouldHelp(base, base, 0.03);
    expect(found).toMatchObject({ more: 'either' });
    expect((found.tasks ?? 0) * 2).toBeGreaterThan(3 / 0.03);
    expect((found.trials ?? 0) * 10).toBeGreaterThan(3 / 0.03);
  });

  it('is trials where there is but one task', () => {
    const found = whatWouldHelp([[1, 0, 1, 0]], [[1, 0, 1, 0]], 0.6);
    expect(found).toMatchObject({ more: 'trials', tasks: null });
  });

  it('is either where tasks do not differ among each other', () => {
    const base = [...many(30, 1, 1, 0, 1), ...many(30, 0, 1, 1, 1)];
    expect(whatWouldHelp(base, base, 0.06).more).toBe('either');
  });

  it('tells tasks with which the margin is seen 80 times in 100', () => {
    const draw = () => [0.9, 0.9] as const;
    const told: number[] = [];
    shareOfPairs({ tasks: 50, trials: 4, draw }, 50, (base, head) => {
      told.push(whatWouldHelp(base, head, 0.1).tasks ?? 50);
      return true;
    });
    const tasks = Math.round(told.reduce((sum, one) => sum + one, 0) / told.length);
    const passed = shareOfPairs(
      { tasks, trials: 4, draw },
      500,
      (base, head) => (comparePassRates(base, head)?.pNotInferior(0.1) ?? 1) <= 0.025,
    );
    expect(passed).toBeGreaterThan(0.7);
    expect(passed).toBeLessThan(0.95);
  });

  it('is more tasks of nothing', () => {
    expect(whatWouldHelp([], [], 0.03)).toMatchObject({ more: 'tasks', tasks: null, trials: null });
  });
});
