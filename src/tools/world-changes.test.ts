import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worldChanges } from './world-changes.ts';

describe('worldChanges()', () => {
  it.each<[string, unknown, unknown, unknown[]]>([
    ['nothing', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['a leaf', { a: { b: 1 } }, { a: { b: 2 } }, [{ pointer: '/a/b', was: 1, is: 2 }]],
    ['a key that came', {}, { a: null }, [{ pointer: '/a', is: null }]],
    ['a key that went', { a: 1 }, {}, [{ pointer: '/a', was: 1 }]],
    [
      'the leaves of an object that came',
      { orders: {} },
      { orders: { 1: { status: 'new', items: [] } } },
      [
        { pointer: '/orders/1/items', is: [] },
        { pointer: '/orders/1/status', is: 'new' },
      ],
    ],
    [
      'items of a list by index',
      { log: ['a', 'b', 'c'] },
      { log: ['a', 'x'] },
      [
        { pointer: '/log/1', was: 'b', is: 'x' },
        { pointer: '/log/2', was: 'c' },
      ],
    ],
    ['another type', { a: { b: 1 } }, { a: 5 }, [{ pointer: '/a', was: { b: 1 }, is: 5 }]],
    ['a list for an object', { a: {} }, { a: [] }, [{ pointer: '/a', was: {}, is: [] }]],
    ['the whole', 1, 2, [{ pointer: '', was: 1, is: 2 }]],
    ['keys with / and ~', {}, { 'a/b~': 1 }, [{ pointer: '/a~1b~0', is: 1 }]],
    ['a key of a prototype', {}, { constructor: 1 }, [{ pointer: '/constructor', is: 1 }]],
    [
      'what cannot be told',
      { id: 2 ** 60, key: 'sk-1' },
      { id: 2 ** 60, key: '[redacted:KEY]' },
      [
        { pointer: '/id', was: 2 ** 60, is: 2 ** 60, unknown: true },
        { pointer: '/key', was: 'sk-1', is: '[redacted:KEY]', unknown: true },
      ],
    ],
  ])('tells of %s', (_, before, after, wanted) => {
    expect(worldChanges(before, after)).toEqual(wanted);
  });

  it('finds nothing between equal values, and something between others', () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(value, value, (before, after) => {
        const copy = JSON.parse(JSON.stringify(before));
        expect(worldChanges(before, copy).filter(({ unknown }) => !unknown)).toEqual([]);
        const isSame = (one: unknown) => JSON.stringify(sorted(one));
        expect(worldChanges(before, after).length > 0).toBe(isSame(before) !== isSame(after));
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    const changes = worldChanges({}, { b: 1, a: { d: 1, c: 1 } });
    expect(changes.map(({ pointer }) => pointer)).toEqual(['/a/c', '/a/d', '/b']);
  });

  it('walks worlds that are deep and wide', () => {
    const deepWorld = (leaf: number) => {
      let value: unknown = leaf;
      for (let level = 0; level < 20_000; level++) value = [value];
      return value;
    };
    expect(worldChanges(deepWorld(1), deepWorld(2))).toHaveLength(1);
    const wide = (leaf: number) =>
      Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`k${at}`, leaf]));
    expect(worldChanges(wide(1), wide(2))).toHaveLength(200_000);
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === 'number') return value + 0;
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, inner]) => [key, sorted(inner)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
