import { describe, expect, it } from 'vitest';
import { compileElements } from './element.ts';
import { REQUIRING } from './pattern.ts';
import { arePlainElements } from './plain-elements.ts';

function faultsOf(list: unknown): string[] {
  const found: string[] = [];
  compileElements(list, REQUIRING, true, (_, message) => found.push(message), []);
  return found;
}

describe('arePlainElements()', () => {
  it.each<[unknown]>([
    [[]],
    [['get_order', '*']],
    [[{ get_order: {} }, { get_order: { id: '1042', n: 1, late: true } }]],
    [[{ constructor: { toString: 'x' } }]],
  ])('knows %j, which compiles', (list) => {
    expect(arePlainElements(list)).toBe(true);
    expect(faultsOf(list)).toEqual([]);
  });

  it.each<[unknown]>([
    ['get_order'],
    [['']],
    [[null]],
    [[{}]],
    [[{ get_order: null }]],
    [[{ get_order: [1] }]],
    [[{ get_order: {}, tims: 2 }]],
    [[{ status: {} }]],
    [[{ args: {} }]],
    [[{ get_order: { $gtt: 1 } }]],
  ])('leaves %j to the compiler, which refuses it', (list) => {
    expect(arePlainElements(list)).toBe(false);
    expect(faultsOf(list)).not.toEqual([]);
  });

  it.each<[unknown]>([
    [[{ tool: 'get_order' }]],
    [[{ get_order: { id: { $any: true } } }]],
    [[{ get_order: { id: null } }]],
    [[{ any_order: ['get_order'] }]],
  ])('says nothing of %j', (list) => {
    expect(arePlainElements(list)).toBe(false);
  });
});
