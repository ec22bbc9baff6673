import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { isObject } from './object.ts';

const json = fc.jsonValue({ noUnicodeString: false });

/** The same value with the keys of its objects the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, one]): [string, unknown] => [
    key,
    reversed(one),
  ]);
  return Object.fromEntries(entries.reverse());
}

describe('canonicalJson()', () => {
  it.each<[unknown, string]>([
    [{ b: 1, a: [true, null] }, '{"a":[true,null],"b":1}'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [[undefined], '[null]'],
    [undefined, 'null'],
    [-0, '0'],
    [1.0, '1'],
    [1e21, '1e+21'],
    [{ 10: 'a', 9: 'b' }, '{"10":"a","9":"b"}'],
    [{ é: 1, z: 2, Z: 3 }, '{"Z":3,"z":2,"é":1}'],
    ['\ud800', '"\\ud800"'],
    [Object.fromEntries([['__proto__', { constructor: 1 }]]), '{"__proto__":{"constructor":1}}'],
  ])('writes %j as %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('reads back as the same value', () => {
    void fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('does not depend on the order of keys', () => {
    void fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('gives different texts to different values', () => {
    const values = [
      null,
      0,
      '',
      false,
      [],
      {},
      [[]],
      [{}],
      { a: null },
      { a: {} },
      { '': 1 },
      '0',
      'null',
      [null],
      [0, 1],
      [[0], 1],
      ['0,1'],
      { a: 1, b: 2 },
      { a: { b: 2 } },
      { 'a":1,"b': 2 },
      '\ud800',
      '\\ud800',
    ];
    expect(new Set(values.map(canonicalJson)).size).toBe(values.length);
  });
});
