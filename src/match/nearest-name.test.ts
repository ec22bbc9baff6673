import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

describe('nearestName() finds', () => {
  it.each<[string, string[], string | null]>([
    ['get_ordr', ['get_order', 'refund_order'], 'get_order'],
    ['GET_ORDER', ['get_order'], 'get_order'],
    ['in_oder', ['any_order', 'in_order'], 'in_order'],
    ['teh', ['the'], 'the'],
    ['tol', ['tool', 'args'], 'tool'],
    ['mn', ['min', 'max'], 'min'],
    ['x', ['q'], null],
    ['ab', ['cb', 'a'], null],
    ['abc', ['xyz', 'axz'], null],
    ['', ['a', 'abc'], null],
    ['refund', ['cancel'], null],
    ['swpa', ['swap'], 'swap'],
    ['abcdefghi', ['abcdefxyz', 'abcdexxxx'], 'abcdefxyz'],
  ])('for %j among %j', (name, candidates, near) => {
    expect(nearestName(name, candidates)).toBe(near);
  });

  it('nothing for names that nobody would mistype', () => {
    expect(nearestName('a'.repeat(81), ['a'.repeat(80)])).toBe(null);
    expect(nearestName('a'.repeat(80), ['a'.repeat(81)])).toBe(null);
  });

  it('no more than a list is worth looking through', () => {
    const candidates = Array.from({ length: 1000 }, (_, index) => `tool_number_${index}`);
    const near = (index: number) => nearestName(`toll_number_${index}`, candidates);
    expect(near(7)).toBe('tool_number_7');
    for (let index = 0; index < 1000; index++) near(index);
    expect(near(999)).toBe(null);
    expect(near(7)).toBe('tool_number_7');
  });
});
