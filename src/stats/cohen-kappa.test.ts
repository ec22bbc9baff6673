import { expect, it } from 'vitest';
import { cohenKappa, squaredDistance } from './cohen-kappa.ts';
import { confusionOf } from './confusion.ts';

/** So many items of each class, one class after the other. */
const sorted = (...counts: number[]) => counts.flatMap((n, at) => new Array<number>(n).fill(at));
const tableOf = (first: readonly (number | string)[], second: readonly (number | string)[]) =>
  confusionOf(first.map((one, at) => [one, second[at] ?? ''] as const)).counts;

/** Cohen 1968, table 1: 200 cases in three diagnoses. */
const DIAGNOSES = [
  [88, 14, 18],
  [10, 40, 10],
  [2, 6, 12],
];

it.each([
  [
    'grant proposals, Wikipedia',
    [
      [20, 5],
      [10, 15],
    ],
    0.4,
  ],
  [
    'grant proposals of another balance, Wikipedia',
    [
      [45, 15],
      [25, 15],
    ],
    0.1304,
  ],
  [
    'the same agreement, unlike shares, Wikipedia',
    [
      [25, 35],
      [5, 35],
    ],
    0.2593,
  ],
  ['Cohen 1968, unweighted', DIAGNOSES, 0.4915],
  [
    'Artstein & Poesio 2008',
    tableOf(sorted(40, 60), [...sorted(20, 20), ...sorted(10, 50)]),
    0.3478,
  ],
  ['three classes, tests of scikit-learn', tableOf(sorted(46, 44, 10), sorted(52, 32, 16)), 0.8013],
  [
    'the example of scikit-learn',
    tableOf(['-', '+', '-', '0', '+'], ['-', '+', '-', '0', '-']),
    0.6875,
  ],
])('cohenKappa() gives the published figure of %s', (_, table, published) => {
  expect(cohenKappa(table)).toBeCloseTo(published, 4);
});

it('cohenKappa() weighs disagreements as Cohen 1968 does', () => {
  const weights = [
    [0, 1, 3],
    [1, 0, 6],
    [3, 6, 0],
  ];
  expect(cohenKappa(DIAGNOSES, (row, column) => weights[row]?.[column] ?? 0)).toBeCloseTo(0.348, 3);
});

it.each([
  ['tests of scikit-learn', tableOf(sorted(46, 44, 10), sorted(50, 40, 10)), 0.9541],
  [
    'a question on Cross Validated',
    [
      [9, 5, 2, 0, 0, 0],
      [4, 7, 1, 0, 0, 0],
      [1, 2, 4, 0, 1, 0],
      [0, 1, 1, 5, 1, 0],
      [0, 0, 0, 1, 2, 1],
      [0, 0, 0, 0, 0, 1],
    ],
    0.8168,
  ],
])('squaredDistance() gives the published quadratic kappa of %s', (_, table, published) => {
  const values = table.map((_row, at) => at + 1);
  expect(cohenKappa(table, squaredDistance(values))).toBeCloseTo(published, 4);
});

it('squaredDistance() goes by values, so that grades nobody gave change nothing', () => {
  const all = [
    [4, 0, 1],
    [0, 0, 0],
    [1, 0, 6],
  ];
  const given = [
    [4, 1],
    [1, 6],
  ];
  const kappa = cohenKappa(given, squaredDistance([1, 3]));
  expect(cohenKappa(all, squaredDistance([1, 2, 3]))).toBeCloseTo(kappa ?? Number.NaN, 12);
});

it.each([
  ['nothing', []],
  [
    'one class alone',
    [
      [7, 0],
      [0, 0],
    ],
  ],
  [
    'no items',
    [
      [0, 0],
      [0, 0],
    ],
  ],
])('cohenKappa() is null of %s', (_, table) => {
  expect(cohenKappa(table)).toBeNull();
});

it('cohenKappa() is 0 where one rater gives a single answer', () => {
  expect(
    cohenKappa([
      [5, 0],
      [3, 0],
    ]),
  ).toBe(0);
});

it('cohenKappa() is 1 where all agree on two classes', () => {
  expect(
    cohenKappa([
      [5, 0],
      [0, 3],
    ]),
  ).toBe(1);
});
