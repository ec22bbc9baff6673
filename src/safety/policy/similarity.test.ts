import { describe, expect, test } from 'vitest';
import { profileOf } from './profile.ts';
import { ratioOf, similarity, sizeOf } from './similarity.ts';

const alike = (a: unknown, b: unknown, unknown: 0 | 1 = 1) =>
  Math.round(similarity(profileOf(a), profileOf(b), unknown) * 1000) / 1000;

describe('similarity()', () => {
  test.each<[unknown, unknown, number]>([
    [{}, {}, 1],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, 1],
    [{ a: 1 }, {}, 0],
    [{ a: 1, b: 1 }, { a: 1, c: 1 }, 0.333],
    [{ a: { b: 1, c: 1 } }, { a: { b: 1 } }, 0.5],
    [100, 25, 0.25],
    [100, -100, 0],
    [0, 0, 1],
    [0, 5, 0],
    [100, '100', 1],
    [100, '50', 0.5],
    ['1042', '1043', 0.667],
    ['night', 'nacht', 0.25],
    ['', '', 1],
    ['', 'a', 0],
    ['a', 'b', 0],
    [true, false, 0],
    [true, true, 1],
    [null, null, 1],
    [['a', 'b'], ['a', 'b'], 1],
    [{ a: 1 }, 'a', 0],
    [{ constructor: 1 }, {}, 0],
    [Object.fromEntries([['__proto__', 1]]), Object.fromEntries([['__proto__', 1]]), 1],
  ])('of %j and %j is %d', (a, b, wanted) => {
    expect(alike(a, b)).toBe(wanted);
    expect(alike(b, a)).toBe(wanted);
  });

  test.each([Symbol('not known'), 'x[redacted:KEY]', 2 ** 60, ['[redacted:KEY]']])(
    'of what is not known is what it is told: %j',
    (value) => {
      expect([alike({ a: value }, { a: 'x' }, 1), alike({ a: value }, { a: 'x' }, 0)]).toEqual([
        1, 0,
      ]);
    },
  );
});

test.each([
  [2, 8, 0.25],
  [-2, -8, 0.25],
  [0, 0, 1],
  [0, 1, 0],
  [1, -1, 0],
])('ratioOf() of %d and %d is %d', (a, b, wanted) => {
  expect(ratioOf(a, b)).toBe(wanted);
});

test('sizeOf() counts keys and pairs of characters', () => {
  expect(sizeOf(profileOf({ a: 'abc', b: { c: 'ab' } }))).toBe(1 + 3 + 1 + 2);
});
