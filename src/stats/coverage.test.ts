import { expect, it } from 'vitest';
import { bootstrapInterval } from './bootstrap.ts';
import { binaryFigures, binaryMatrix } from './confusion.ts';
import { estimateTrueRate } from './rogan-gladen.ts';
import { seededRandom } from './seeded-random.ts';

const TIMES = 200;

/** The share of simulations whose interval holds the truth. */
function coverage(truth: number, simulate: () => { lower: number; upper: number } | null): number {
  let held = 0;
  for (let time = 0; time < TIMES; time++) {
    const found = simulate();
    if (found && found.lower <= truth && truth <= found.upper) held++;
  }
  return held / TIMES;
}

it('bootstrapInterval() of kappa holds the truth in about 95 of 100 samples of 60 items', () => {
  const random = seededRandom(11);
  const [prevalence, right] = [0.5, 0.8]; // so that kappa is 0.6
  const held = coverage(0.6, () => {
    const units = Array.from({ length: 60 }, () => {
      const truth = random() < prevalence;
      const { true_positive, false_positive, false_negative, true_negative } = binaryMatrix([
        { truth, judged: random() < right ? truth : !truth },
      ]);
      return [true_positive, false_positive, false_negative, true_negative];
    });
    return bootstrapInterval(units, ([tp = 0, fp = 0, fn = 0, tn = 0]) => {
      const sums = { true_positive: tp, false_positive: fp, false_negative: fn, true_negative: tn };
      return binaryFigures(sums).kappa;
    });
  });
  expect(held).toBeGreaterThan(0.9);
  expect(held).toBeLessThan(0.98);
});

it.each([0.3, 0.7])(
  'estimateTrueRate() holds a rate of %d in about 95 of 100 samples of 100 labels and 200 trials',
  (truth) => {
    const random = seededRandom(5);
    const drawn = (of: number, share: number) =>
      Array.from({ length: of }, random).filter((value) => value < share).length;
    const held = coverage(truth, () => {
      const positives = drawn(100, truth);
      const positive = drawn(200, truth);
      const passed = drawn(positive, 0.9) + drawn(200 - positive, 0.2);
      return estimateTrueRate([{ happened: passed, trials: 200 }], {
        positives: { right: drawn(positives, 0.9), of: positives },
        negatives: { right: drawn(100 - positives, 0.8), of: 100 - positives },
      });
    });
    expect(held).toBeGreaterThanOrEqual(0.92);
    expect(held).toBeLessThanOrEqual(0.98);
  },
);
