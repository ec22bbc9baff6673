import { describe, expect, it } from 'vitest';
import { comparePassRates } from './compare-pass-rates.ts';
import { type DrawTask, shareOfPairs, withLuck } from './simulated-pairs.test-support.ts';
import { spentLevels } from './spent-levels.ts';

const ALPHA = 0.025;

const alike =
  (rate: number): DrawTask =>
  () => [rate, rate];
const skewed: DrawTask = (random) => {
  const rate = 1 - random() ** 4;
  return [rate, rate];
};
/** Tasks that differ in both directions, and not on average. */
const unlike: DrawTask = (random) => {
  const rate = 0.3 + 0.4 * random();
  return [rate, rate + 0.6 * (random() - 0.5)];
};

describe('comparePassRates() where nothing changed', () => {
  const PAIRS = 10_000;
  it.each<[string, number, number, DrawTask]>([
    ['10 tasks', 10, 1, alike(0.8)],
    ['10 tasks of 4 trials', 10, 4, alike(0.8)],
    ['50 tasks', 50, 1, alike(0.8)],
    ['30 tasks of 3 trials', 30, 3, alike(0.8)],
    ['30 skewed tasks of 3 trials', 30, 3, skewed],
    ['30 tasks of 3 trials, all near 1', 30, 3, alike(0.98)],
    ['10 tasks of 4 trials that differ both ways', 10, 4, unlike],
  ])('calls the head worse in no more than 2.5 of 100 pairs of %s', (_, tasks, trials, draw) => {
    let disagreed = 0;
    const worse = shareOfPairs({ tasks, trials, draw }, PAIRS, (base, head) => {
      const found = comparePassRates(base, head);
      const { lower = found?.p ?? 1 } = found?.tests.stratified ?? {};
      const isSignificant = (found?.tests.mcnemar ? lower / 2 : lower) <= ALPHA;
      const isBelow = (found?.interval.upper ?? 1) < 0;
      if ((found?.pWorse ?? 1) <= ALPHA !== (isBelow && isSignificant)) disagreed++;
      return isBelow && isSignificant;
    });
    expect(disagreed).toBe(0);
    expect(worse).toBeLessThanOrEqual(withLuck(ALPHA, PAIRS));
  });
});

const MARGIN = 0.03;
const shifted =
  (rate: number): DrawTask =>
  () => [rate, rate - MARGIN];
/** Few tasks break entirely. */
const broken: DrawTask = (random) => [1, random() < MARGIN ? 0 : 1];
/** Half of the tasks are noisy, and few break entirely. */
const brokenAmongNoise: DrawTask = (random) => {
  const rate = random() < 0.5 ? 0.5 : 1;
  return random() < MARGIN / 0.75 ? [rate, 0] : [rate, rate];
};

/** One of ten tasks loses ten times the margin. */
function oneWorse(): DrawTask {
  let drawn = 0;
  return () => (drawn++ % 10 === 0 ? [1, 1 - 10 * MARGIN] : [1, 1]);
}
const variouslyWorse: DrawTask = (random) => {
  const rate = 1 - 0.2 * random();
  return [rate, rate * (1 - 0.1 * random())];
};

describe('comparePassRates() where head is worse by about the margin', () => {
  const PAIRS = 3000;
  it.each<[string, number, number, DrawTask]>([
    ['10 tasks', 10, 1, shifted(0.9)],
    ['10 tasks of 4 trials that all passed', 10, 4, shifted(1)],
    ['10 tasks of 4 trials of which few break', 10, 4, broken],
    ['50 tasks', 50, 1, shifted(0.6)],
    ['50 tasks that all passed', 50, 1, shifted(1)],
    ['30 tasks of 3 trials', 30, 3, shifted(0.9)],
    ['30 tasks of 3 trials of which few break', 30, 3, broken],
    ['30 tasks of 3 trials, noisy or broken', 30, 3, brokenAmongNoise],
    ['200 tasks that all passed', 200, 1, shifted(1)],
    ['30 tasks of 20 trials that all passed', 30, 20, shifted(1)],
    ['30 tasks of 20 trials of which few break', 30, 20, broken],
    ['30 tasks of 20 trials, noisy or broken', 30, 20, brokenAmongNoise],
    ['10 tasks of 10 trials of which one got worse', 10, 10, oneWorse()],
    ['40 tasks of 4 trials that got worse variously', 40, 4, variouslyWorse],
  ])(
    'takes no more than the margin for less in 2.5 of 100 pairs of %s at most',
    (_, tasks, trials, draw) => {
      let disagreed = 0;
      const passed = shareOfPairs({ tasks, trials, draw }, PAIRS, (base, head, truth) => {
        const found = comparePassRates(base, head);
        const { lower } = found?.interval ?? { lower: -1 };
        if ((found?.pNotInferior(MARGIN) ?? 1) <= ALPHA !== lower > -MARGIN) disagreed++;
        return lower > Math.max(truth, -1) + 1e-9;
      });
      expect(disagreed).toBe(0);
      expect(passed).toBeLessThanOrEqual(withLuck(ALPHA, PAIRS));
    },
  );
});

describe('comparePassRates() at five looks with spent levels', () => {
  const PAIRS = 1500;
  const LOOKS = spentLevels(5, ALPHA);
  const look = (
    [tasks, trials, draw]: readonly [number, number, DrawTask],
    p: (found: NonNullable<ReturnType<typeof comparePassRates>>) => number,
  ) =>
    shareOfPairs({ tasks, trials, headTrials: 5 * trials, draw }, PAIRS, (base, head) =>
      LOOKS.some((level, at) => {
        const found = comparePassRates(
          base,
          head.map((scores) => scores.slice(0, (at + 1) * trials)),
        );
        return found !== null && p(found) <= level;
      }),
    );

  it.each<[string, number, number, DrawTask]>([
    ['10 tasks of 2 trials', 10, 2, alike(0.8)],
    ['30 skewed tasks of 2 trials', 30, 2, skewed],
    ['20 tasks', 20, 1, alike(0.8)],
  ])('fails in no more than 2.5 of 100 pairs of %s that do not differ', (_, ...design) => {
    expect(look(design, ({ pWorse }) => pWorse)).toBeLessThanOrEqual(withLuck(ALPHA, PAIRS));
  });

  it.each<[string, number, number, DrawTask]>([
    ['30 tasks of 2 trials', 30, 2, () => [0.9, 0.8]],
    ['30 tasks of 2 trials that all passed', 30, 2, () => [1, 0.9]],
    ['20 tasks', 20, 1, () => [0.7, 0.6]],
  ])('passes in no more than 2.5 of 100 pairs of %s that differ by the margin', (_, ...design) => {
    const passed = look(design, ({ pNotInferior }) => pNotInferior(0.1));
    expect(passed).toBeLessThanOrEqual(withLuck(ALPHA, PAIRS));
  });
});

describe('the interval of comparePassRates()', () => {
  const PAIRS = 1500;
  it.each<[string, number, number, number, DrawTask]>([
    ['10 tasks', 10, 1, -0.2, () => [0.8, 0.6]],
    ['10 tasks of 4 trials', 10, 4, -0.2, () => [0.8, 0.6]],
    ['50 tasks', 50, 1, 0.1, () => [0.8, 0.9]],
    ['20 tasks of 5 trials up to all', 20, 5, 0.05, () => [0.95, 1]],
    ['30 tasks that differ variously', 30, 3, 0.1, (random) => [0.7, 0.6 + 0.4 * random()]],
  ])('holds the truth in at least 95 of 100 pairs of %s', (_, tasks, trials, truth, draw) => {
    const missed = shareOfPairs({ tasks, trials, draw }, PAIRS, (base, head) => {
      const { lower, upper } = comparePassRates(base, head)?.interval ?? { lower: 1, upper: -1 };
      return lower > truth + 1e-9 || upper < truth - 1e-9;
    });
    expect(missed).toBeLessThanOrEqual(withLuck(2 * ALPHA, PAIRS));
  });
});
