import { describe, expect, it } from 'vitest';
import { comparePassHatK } from './compare-pass-hat-k.ts';
import { compareQuantile } from './compare-quantile.ts';
import { compareRatios } from './compare-ratios.ts';
import { compareScores } from './compare-scores.ts';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './seeded-random.ts';
import { withLuck } from './simulated-pairs.test-support.ts';
import { tQuantile } from './student-t.ts';

const digits = (...tasks: string[]) => tasks.map((text) => [...text].map(Number));
const A = digits('1111', '1101', '0000', '1010', '1111', '0100', '1110', '1111');
const B = digits('1111', '1001', '0000', '0010', '1111', '0000', '1010', '1111');
const countsOf = (tasks: number[][]) =>
  tasks.map((scores) => ({
    happened: scores.filter((one) => one === 1).length,
    trials: scores.length,
  }));
const many = (tasks: number, ...scores: number[]) => Array.from({ length: tasks }, () => scores);

/** Amounts of so many tasks, each with its own size and noise, times a factor. */
function amounts(random: () => number, tasks: number, trials: number, factor = 1) {
  const normal = () => normalQuantile(random() || 0.5);
  const sizes = Array.from({ length: tasks }, () => Math.exp(normal()));
  const tried = (times: number) =>
    sizes.map((size) =>
      Array.from({ length: trials }, () => times * size * Math.exp(0.3 * normal())),
    );
  return [tried(1), tried(factor)] as const;
}

describe('compareScores()', () => {
  it('bounds the difference by t and the greater error', () => {
    const found = compareScores(A, B);
    const half = tQuantile(0.975, 7) * 0.08838834764831843;
    expect(found?.interval?.lower).toBeCloseTo(-0.125 - half, 10);
    expect(found?.interval?.upper).toBeCloseTo(-0.125 + half, 10);
    expect(found).toMatchObject({ p: 0.125, test: 'sign_flip_exact', tasks: 8 });
  });

  it('has one-sided p that agree with its interval', () => {
    const found = compareScores(A, B, { level: 0.9 });
    expect(found?.pAbove(found.interval?.lower ?? 0)).toBeCloseTo(0.05, 10);
    expect(found?.pBelow(found.interval?.upper ?? 0)).toBeCloseTo(0.05, 10);
  });

  it('has no interval where nothing varied or of one task, but of scores from 0 to 1', () => {
    const alike = many(10, 0.5);
    const found = compareScores(alike, alike);
    expect([found?.interval, found?.pAbove(-1), found?.p]).toEqual([null, null, 1]);
    expect(compareScores([[0.2]], [[0.4]])?.interval).toBeNull();
    const { interval } = compareScores(alike, alike, { bounded: true }) ?? {};
    expect(interval?.lower).toBeCloseTo(0.025 ** (1 / 10) - 1, 9);
  });

  it('never bounds figures between 0 and 1 by more than 1', () => {
    const found = compareScores([[1], [0.5]], [[0], [0.5]], { bounded: true });
    expect(found?.interval).toMatchObject({ lower: -1, upper: 1 });
    const [base, head] = [countsOf(digits('11', '11')), countsOf(digits('10', '11'))];
    expect(comparePassHatK(base, head, 2)?.interval).toMatchObject({ lower: -1, upper: 1 });
  });

  it('goes by Welch’s test of the trials of one task', () => {
    // Means 2 and 5, variances 1 and 4 over 3 each: df 25/9 / (1/18 + 16/18) = 2.941
    const found = compareScores([[1, 2, 3]], [[3, 5, 7]]);
    const half = tQuantile(0.975, 50 / 17) * Math.sqrt(5 / 3);
    expect(found?.interval?.upper).toBeCloseTo(3 + half, 10);
  });

  it('flips the signs of clusters, not of tasks', () => {
    const base = many(8, 0);
    const head = [0.5, 0.6, 0.7, 0.8, 0.5, 0.6, 0.7, 0.8].map((one) => [one]);
    expect(compareScores(base, head)?.p).toBe(2 ** -7);
    const clusters = [0, 0, 0, 0, 1, 1, 1, 1];
    expect(compareScores(base, head, { clusters })?.p).toBe(0.5);
  });

  it('is null of nothing', () => {
    expect(compareScores([], [])).toBeNull();
  });
});

describe('comparePassHatK()', () => {
  it('gives the difference of the worked example, and bounds no narrower than by its error', () => {
    const found = comparePassHatK(countsOf(A), countsOf(B), 2);
    expect(found?.base).toBeCloseTo(0.5208333333333334, 12);
    expect(found?.head).toBeCloseTo(0.41666666666666674, 12);
    expect(found?.difference).toBeCloseTo(-0.10416666666666667, 12);
    const half = tQuantile(0.975, 7) * 0.053983205795288855;
    expect(found?.interval?.lower).toBeLessThanOrEqual(-0.10416666666666667 - half + 1e-12);
    expect(found?.interval?.upper).toBeGreaterThanOrEqual(-0.10416666666666667 + half - 1e-12);
  });

  it('leaves out tasks with fewer trials, and is null where none has as many', () => {
    const [one, four] = [
      { happened: 1, trials: 1 },
      { happened: 4, trials: 4 },
    ];
    expect(comparePassHatK([one, four], [four, four], 2)?.tasks).toBe(1);
    expect(comparePassHatK([one], [one], 2)).toBeNull();
  });
});

describe('compareRatios()', () => {
  it('is the geometric mean of head / base with t on logarithms', () => {
    const found = compareRatios([[1], [2], [4]], [[2], [2], [16]]);
    expect(found?.ratio?.value).toBeCloseTo(2, 12);
    // ln 2, 0 and ln 4: mean ln 2, error ln 2 / √3
    const half = (tQuantile(0.975, 2) * Math.LN2) / Math.sqrt(3);
    expect(found?.ratio?.interval?.upper).toBeCloseTo(Math.exp(Math.LN2 + half), 9);
    expect(found?.difference).toBeCloseTo(13 / 3, 12);
    expect(found?.test).toBe('log_ratio_t');
    expect(found?.ratio?.pAbove(found.ratio.interval?.lower ?? 0)).toBeCloseTo(0.025, 9);
    expect(found?.ratio?.pBelow(-1)).toBe(1);
  });

  it('counts 0 on both sides as unchanged, and has no ratio where only one is 0 or any below', () => {
    expect(compareRatios([[0], [2]], [[0], [2]])?.ratio).toMatchObject({
      value: 1,
      interval: null,
    });
    expect(compareRatios([[0], [2]], [[1], [2]])?.ratio).toBeNull();
    expect(compareRatios([[1], [2]], [[0], [2]])?.ratio).toBeNull();
    expect(compareRatios([[-1], [2]], [[-1], [2]])?.ratio).toBeNull();
    expect(compareRatios([], [])).toBeNull();
  });

  it('takes what floats add for no spread', () => {
    const head = [1, 2, 3, 4, 5, 6].map((size) => [0.01 * size * 1.1, 0.01 * size * 1.1]);
    const base = [1, 2, 3, 4, 5, 6].map((size) => [0.01 * size, 0.01 * size]);
    expect(compareRatios(base, head)).toMatchObject({
      p: null,
      test: null,
      ratio: { interval: null },
    });
    const threefold = compareRatios(many(6, 2, 2), many(6, 3, 3));
    expect(threefold).toMatchObject({ p: null, interval: null, ratio: { interval: null } });
    // 0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1
    const tenths = many(6, 0.1, 0.2, 0.3);
    const others = [...many(3, 0.3, 0.2, 0.1), ...many(3, 0.2, 0.1, 0.3)];
    expect(compareRatios(tenths, others)?.difference).toBe(0);
  });

  it('has no bounds where nothing varied', () => {
    const found = compareRatios(many(5, 3), many(5, 4));
    expect(found).toMatchObject({ difference: 1, interval: null, p: null, test: null });
    expect(found?.ratio).toMatchObject({ value: 4 / 3, interval: null });
  });

  it.each([
    [10, 2],
    [30, 1],
  ])(
    'holds the truth in at least 95 of 100 simulations of %d tasks of %d trials',
    (tasks, trials) => {
      const random = seededRandom(4);
      let [ratio, rise, difference, same] = [0, 0, 0, 0];
      const times = 200;
      for (let time = 0; time < times; time++) {
        const [base, head] = amounts(random, tasks, trials, 1.1);
        const found = compareRatios(base, head);
        const { lower = 2, upper = 0 } = found?.ratio?.interval ?? {};
        if (lower <= 1.1 && 1.1 <= upper) ratio++;
        if ((found?.ratio?.pAbove(1.1) ?? 0) <= 0.025) rise++;
        const [one, other] = amounts(random, tasks, trials);
        const unchanged = compareRatios(one, other);
        const { lower: least = 1, upper: most = -1 } = unchanged?.interval ?? {};
        if (least <= 0 && 0 <= most) difference++;
        if ((unchanged?.pAbove(0) ?? 0) <= 0.025) same++;
      }
      expect(1 - ratio / times).toBeLessThanOrEqual(withLuck(0.05, times));
      expect(1 - difference / times).toBeLessThanOrEqual(withLuck(0.05, times));
      expect(Math.max(rise, same) / times).toBeLessThanOrEqual(withLuck(0.025, times));
    },
  );

  it('puts 100,000 tasks together, and bounds them as t does', () => {
    const [base, head] = amounts(seededRandom(2), 100_000, 1);
    const bounds = compareRatios(base, head)?.interval;
    const t = compareScores(base, head)?.interval;
    const width = (one: typeof bounds) => (one?.upper ?? 0) - (one?.lower ?? 0);
    expect(width(bounds) / width(t)).toBeGreaterThan(0.9);
    expect(width(bounds) / width(t)).toBeLessThan(1.1);
  });
});

describe('compareQuantile()', () => {
  it('is the nearest rank of all trials, each task weighing the same', () => {
    const base = [Array.from({ length: 20 }, (_, at) => at + 1), new Array<number>(20).fill(0)];
    const found = compareQuantile(base, base, 0.95);
    expect(found).toMatchObject({ base: 18, head: 18, difference: 0, tasks: 2 });
    // One trial of the second task weighs as much as all twenty
    expect(compareQuantile([base[0] ?? [], [0]], [[1], [1]], 0.95)?.base).toBe(18);
    expect(compareQuantile([[3], [1], [2]], [[1], [1], [1]], 0.5)?.base).toBe(2);
  });

  it('is the same for the same seed, and holds no bounds of one task', () => {
    const [base, head] = amounts(seededRandom(9), 40, 3);
    const once = compareQuantile(base, head, 0.5, { seed: 1 })?.interval;
    expect(compareQuantile(base, head, 0.5, { seed: 1 })?.interval).toEqual(once);
    expect(compareQuantile(base, head, 0.5, { seed: 2 })?.interval).not.toEqual(once);
    expect(compareQuantile([[1, 2]], [[2, 3]], 0.95)).toMatchObject({
      difference: 1,
      interval: null,
    });
    expect(compareQuantile([], [], 0.95)).toBeNull();
    expect(compareQuantile([[0], [0]], [[1], [2]], 0.95)?.ratio).toBeNull();
  });

  it('holds the truth in at least 92 of 100 simulations', () => {
    const random = seededRandom(8);
    const times = 60;
    let held = 0;
    for (let time = 0; time < times; time++) {
      const [base, head] = amounts(random, 40, 2);
      const { lower, upper } = compareQuantile(base, head, 0.9)?.interval ?? {
        lower: 1,
        upper: -1,
      };
      if (lower <= 0 && 0 <= upper) held++;
    }
    expect(held / times).toBeGreaterThanOrEqual(0.92);
  });

  it('is told of 100,000 tasks by fewer resamples', () => {
    const [base, head] = amounts(seededRandom(2), 100_000, 1);
    const found = compareQuantile(base, head, 0.95);
    expect(found?.interval?.method).toBe('bootstrap_t');
    expect(found?.interval?.lower).toBeLessThan(0);
    expect(found?.interval?.upper).toBeGreaterThan(0);
  });
});
