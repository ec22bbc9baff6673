import { expect, it } from 'vitest';
import { cohenKappa, quadraticKappa } from './cohen-kappa.ts';
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
])('quadraticKappa() gives the published figure of %s', (_, table, published) => {
  const pairs = table.flatMap((row, first) =>
    row.flatMap((count, second) =>
      new Array<[number, number]>(count).fill([first + 1, second + 1]),
    ),
  );
  expect(quadraticKappa(pairs)).toBeCloseTo(published, 4);
});

it('quadraticKappa() is the same wherever a scale begins, and by whatever unit', () => {
  const pairs = [
    [1, 2],
    [3, 3],
    [5, 4],
    [2, 2],
  ] as const;
  const moved = pairs.map(([a, b]) => [1e6 + a / 4, 1e6 + b / 4] as const);
  expect(quadraticKappa(moved)).toBeCloseTo(quadraticKappa(pairs) ?? Number.NaN, 12);
});

it('quadraticKappa() is null of nothing, and where all values are equal', () => {
  expect(quadraticKappa([])).toBeNull();
  expect(quadraticKappa([[0.1, 0.1]])).toBeNull();
  expect(quadraticKappa(new Array(7).fill([0.7, 0.7]))).toBeNull();
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

it('cohenKappa() is the very figure that it is written as, no hair below', () => {
  const of = (right: number) => [
    [right, 20 - right],
    [20 - right, right],
  ];
  expect([of(11), of(13), of(17)].map(cohenKappa)).toEqual([0.1, 0.3, 0.7]);
});
