import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonCopy } from './json-copy.ts';

class Order {
  readonly id = 1;
}

describe('jsonCopy()', () => {
  it('gives what JSON text would give back, sharing nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonCopy(value)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    const order = { items: [{ id: 1 }] };
    const copy = jsonCopy(order) as typeof order;
    copy.items[0]!.id = 2;
    expect(order.items[0]?.id).toBe(1);
  });

  it.each<[string, unknown, unknown]>([
    ['undefined', undefined, null],
    ['undefined in a list', [undefined], [null]],
    ['undefined in an object', { a: undefined, b: 1 }, { b: 1 }],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an object of a class', new Order(), { id: 1 }],
    ['an object without prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ])('takes %s as JSON text does', (_, value, wanted) => {
    expect(jsonCopy(value)).toEqual(wanted);
  });

  it('keeps keys such as __proto__ as data', () => {
    const copy = jsonCopy(JSON.parse('{ "__proto__": { "a": 1 }, "constructor": 2 }'));
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"a":1},"constructor":2}');
    expect((copy as { a?: number }).a).toBeUndefined();
  });

  const cycle: Record<string, unknown> = { orders: [{}] };
  (cycle['orders'] as object[]).push(cycle);
  let deep: unknown = 1;
  for (let level = 0; level < 600; level++) deep = [deep];
  let doubled: unknown = 1;
  for (let level = 0; level < 60; level++) doubled = [doubled, doubled];

  it.each<[string, unknown]>([
    ['a function', () => 1],
    ['a function at /a~1b/0', { 'a/b': [() => 1] }],
    ['NaN at /total', { total: Number.NaN }],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a bigint', 1n],
    ['a symbol at /0', [Symbol('a')]],
    ['a Map at /orders', { orders: new Map() }],
    ['an Error', new Error('No')],
    ['a Promise', Promise.resolve()],
    ['a cycle at /orders/1', cycle],
    ['more than 500 levels', deep],
    ['more than 10 million values', doubled],
  ])('refuses %s', (words, value) => {
    expect(() => jsonCopy(value)).toThrow(new Error(words));
  });
});
