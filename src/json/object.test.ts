import { describe, expect, it } from 'vitest';
import { isObject, ownValue } from './object.ts';

describe('isObject()', () => {
  it('tells objects from lists, null and scalars', () => {
    expect([{}, Object.create(null)].map(isObject)).toEqual([true, true]);
    expect([[], null, 'a', 1, undefined].some(isObject)).toBe(false);
  });
});

describe('ownValue()', () => {
  it('finds what is there and nothing on the prototype', () => {
    const held = JSON.parse('{"__proto__": 1, "a": null}');
    expect([ownValue(held, '__proto__'), ownValue(held, 'a')]).toEqual([1, null]);
    for (const key of ['__proto__', 'constructor', 'toString']) {
      expect(ownValue({}, key)).toBeUndefined();
    }
  });
});
