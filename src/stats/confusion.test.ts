import { expect, it } from 'vitest';
import { binaryFigures, binaryMatrix, confusionOf } from './confusion.ts';

it('confusionOf() counts pairs with the first rater in rows', () => {
  const pairs = [
    ['fully', 'fully'],
    ['fully', 'partly'],
    ['constructor', 'fully'],
  ] as const;
  expect(confusionOf<string>(pairs, ['partly'])).toEqual({
    classes: ['partly', 'fully', 'constructor'],
    counts: [
      [0, 0, 0],
      [1, 1, 0],
      [0, 1, 0],
    ],
  });
});

it('binaryMatrix() counts each of the four cases', () => {
  const item = (truth: boolean, judged: boolean) => ({ truth, judged });
  const items = [item(true, true), item(false, true), item(false, true), item(true, false)];
  expect(binaryMatrix([...items, ...new Array(4).fill(item(false, false))])).toEqual({
    true_positive: 1,
    false_positive: 2,
    false_negative: 1,
    true_negative: 4,
  });
});

it('binaryFigures() gives the published figures of a judge of tau2-bench telecom', () => {
  const figures = binaryFigures({
    true_positive: 26,
    false_positive: 9,
    false_negative: 1,
    true_negative: 78,
  });
  expect(figures.items).toBe(114);
  expect(figures.accuracy).toBeCloseTo(0.912281, 6);
  expect(figures.kappa).toBeCloseTo(0.779838, 6);
  expect(figures.precision).toBeCloseTo(0.742857, 6);
  expect(figures.sensitivity).toBeCloseTo(0.962963, 6);
});

it('binaryFigures() leaves out what nothing can be divided by', () => {
  const none = { true_positive: 0, false_positive: 0, false_negative: 0, true_negative: 0 };
  expect(binaryFigures(none)).toEqual({
    items: 0,
    accuracy: null,
    kappa: null,
    sensitivity: null,
    specificity: null,
    precision: null,
  });
  expect(binaryFigures({ ...none, true_negative: 3 })).toMatchObject({
    accuracy: 1,
    kappa: null,
    sensitivity: null,
    specificity: 1,
  });
});
