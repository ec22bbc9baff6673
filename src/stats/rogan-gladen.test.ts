import fc from 'fast-check';
import { expect, it } from 'vitest';
import { estimateTrueRate, roganGladen } from './rogan-gladen.ts';

const judge = (positives: [number, number], negatives: [number, number]) => ({
  positives: { right: positives[0], of: positives[1] },
  negatives: { right: negatives[0], of: negatives[1] },
});
/** Tasks of one trial each. */
const alone = (happened: number, of: number) =>
  Array.from({ length: of }, (_, at) => ({ happened: at < happened ? 1 : 0, trials: 1 }));

it.each([
  // epiR, epi.prev: brucellosis in a herd, 5.1 in 100 cows; Helicobacter pylori, 0
  [23 / 150, 0.96, 0.89, 0.051],
  [6 / 151, 0.964, 0.927, 0],
  // RSurveillance, tp
  [20 / 120, 0.9, 0.99, 0.17603],
])('roganGladen() of %d at %d and %d is the published %d', (observed, sens, spec, published) => {
  expect(roganGladen(observed, sens, spec)).toBeCloseTo(published, 3);
});

it('roganGladen() is cut to what a rate can be', () => {
  expect(roganGladen(0.99, 0.9, 0.9)).toBe(1);
  expect(roganGladen(0.01, 0.9, 0.9)).toBe(0);
});

it.each([
  [0.5, 0.5],
  [0.4, 0.5],
  [Number.NaN, 0.9],
])(
  'roganGladen() is null at sensitivity %d and specificity %d: no better than chance',
  (sens, spec) => {
    expect(roganGladen(0.5, sens, spec)).toBeNull();
  },
);

// Examples 1 to 4 of Lang & Reiczigel 2014, as the help of asht::prevSeSp quotes them
it.each([
  [4060, 11284, judge([178, 179], [358, 359]), 0.349, 0.372],
  [51, 2971, judge([32, 33], [20, 20]), 0, 0.053],
  [711.72, 11862, judge([8, 10], [12, 12]), 0, 0.147],
  [259, 509, judge([84, 127], [96, 109]), 0.58, 0.87],
  [51, 509, judge([23, 41], [187, 195]), 0.037, 0.195],
])(
  'estimateTrueRate() of %d in %d gives the published interval',
  (happened, of, known, lower, upper) => {
    const counts = [{ happened, trials: of }];
    const found = estimateTrueRate(counts, known);
    const digits = upper === 0.87 ? 2 : 3;
    expect(found?.lower.toFixed(digits)).toBe(lower.toFixed(digits));
    expect(found?.upper.toFixed(digits)).toBe(upper.toFixed(digits));
  },
);

it('estimateTrueRate() takes tasks of one trial each as it takes their sum', () => {
  const known = judge([84, 127], [96, 109]);
  const apart = estimateTrueRate(alone(259, 509), known);
  expect(apart).toEqual(estimateTrueRate([{ happened: 259, trials: 509 }], known));
});

it('estimateTrueRate() is wider where the trials of a task are alike', () => {
  const known = judge([45, 50], [45, 50]);
  const alike = [
    ...new Array(10).fill({ happened: 5, trials: 5 }),
    ...new Array(10).fill({ happened: 0, trials: 5 }),
  ];
  const [clustered, single] = [
    estimateTrueRate(alike, known),
    estimateTrueRate(alone(50, 100), known),
  ];
  const width = (one: typeof single) => (one ? one.upper - one.lower : Number.NaN);
  expect(clustered?.rate).toBe(single?.rate);
  expect(width(clustered)).toBeGreaterThan(1.5 * width(single));
});

it('estimateTrueRate() counts tasks where every trial came out alike', () => {
  const known = judge([50, 50], [50, 50]);
  const all = estimateTrueRate(new Array(5).fill({ happened: 100, trials: 100 }), known);
  expect(all?.rate).toBe(1);
  expect(all?.lower).toBeLessThan(0.75);
});

it.each([
  ['no trials', [], judge([9, 10], [9, 10])],
  ['no positive labels', alone(5, 10), judge([0, 0], [9, 10])],
  ['no negative labels', alone(5, 10), judge([9, 10], [0, 0])],
  ['a judge that guesses', alone(5, 10), judge([5, 10], [5, 10])],
])('estimateTrueRate() is null with %s', (_, counts, known) => {
  expect(estimateTrueRate(counts, known)).toBeNull();
});

it('estimateTrueRate() always lies within [0, 1] and within its own bounds', () => {
  const tried = fc
    .integer({ min: 1, max: 60 })
    .chain((of) => fc.record({ right: fc.integer({ min: 0, max: of }), of: fc.constant(of) }));
  const task = fc
    .integer({ min: 1, max: 6 })
    .chain((trials) =>
      fc.record({ happened: fc.integer({ min: 0, max: trials }), trials: fc.constant(trials) }),
    );
  fc.assert(
    fc.property(
      fc.array(task, { minLength: 1, maxLength: 30 }),
      tried,
      tried,
      (counts, positives, negatives) => {
        const found = estimateTrueRate(counts, { positives, negatives });
        if (found === null) return;
        expect(found.lower).toBeGreaterThanOrEqual(0);
        expect(found.upper).toBeLessThanOrEqual(1);
        expect(found.rate).toBeGreaterThanOrEqual(found.lower);
        expect(found.rate).toBeLessThanOrEqual(found.upper);
      },
    ),
    { numRuns: 2000 },
  );
});
