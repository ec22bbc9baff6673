import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceWords, requestDifference } from './request-difference.ts';

describe('requestDifference()', () => {
  test.each<[unknown, unknown, string, number]>([
    [{ a: 1 }, { a: 2 }, '/a: was 1, is 2', 1],
    [{ a: 1 }, {}, '/a: was 1, is nothing', 1],
    [{}, { 'a/b~c': 1 }, '/a~1b~0c: was nothing, is 1', 1],
    [{ m: [1, 2] }, { m: [1, 3, { x: 1, y: 2 }] }, '/m/1: was 2, is 3', 3],
    [{ a: { b: 1 } }, { a: [1] }, '/a: was { b: 1 }, is [1]', 1],
    [{ a: 'x' }, { a: null }, '/a: was "x", is null', 1],
    [{ a: 1, b: 'Hi there' }, { a: 1, b: 'Hi you' }, '/b: was "Hi there", is "Hi you"', 1],
    [1, 2, 'as a whole: was 1, is 2', 1],
  ])('of %j and %j is %s', (was, is, words, count) => {
    const difference = requestDifference(was, is);
    expect(difference && differenceWords(difference)).toBe(words);
    expect(difference?.count).toBe(count);
  });

  test('is null exactly where the values are equal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (was, is) => {
        expect(requestDifference(was, structuredClone(was))).toBe(null);
        const same = JSON.stringify(was) === JSON.stringify(is);
        if (requestDifference(was, is) === null) return;
        expect(same).toBe(false);
      }),
    );
  });

  test('goes no deeper than a request is', () => {
    const deep = (leaf: number, levels: number) =>
      JSON.parse(`${'['.repeat(levels)}${leaf}${']'.repeat(levels)}`);
    const difference = requestDifference(deep(1, 500), deep(2, 500));
    expect(difference?.at.split('/')).toHaveLength(101);
  });
});
