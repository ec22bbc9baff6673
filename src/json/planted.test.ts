import { describe, expect, it } from 'vitest';
import { planted, plantProblem } from './planted.ts';

const world = { orders: { 7: { note: 'old', total: 5 } }, list: [{ a: 'x' }], none: null };

describe('planted()', () => {
  it.each([
    ['/orders/7/note', { orders: { 7: { note: 'new', total: 5 } } }],
    ['/orders/8/deep/note', { orders: { 7: world.orders[7], 8: { deep: { note: 'new' } } } }],
    ['/list/0/a', { list: [{ a: 'new' }] }],
    ['/a~1b', { 'a/b': 'new' }],
  ])('puts a text at %s and leaves the rest', (pointer, part) => {
    expect(plantProblem(world, pointer)).toBeNull();
    expect(planted(world, pointer, 'new')).toEqual({ ...world, ...part });
    expect(world.orders[7].note).toBe('old');
  });

  it('takes __proto__ for a name', () => {
    const made = planted({}, '/__proto__/x', 'new');
    expect(Object.keys(made)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('plantProblem()', () => {
  it.each([
    ['orders', 'no JSON Pointer'],
    ['', 'no JSON Pointer'],
    ['/orders/7/total/x', '/orders/7/total is a number, expected an object'],
    ['/orders/7/total', 'holds a number'],
    ['/orders/7', 'holds an object'],
    ['/none/x', '/none is null'],
    ['/list/1', 'has no element 1'],
    ['/list/constructor', 'has no element constructor'],
  ])('says why nothing can be planted at %j', (pointer, words) => {
    expect(plantProblem(world, pointer)).toContain(words);
  });
});
