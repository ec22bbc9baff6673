import { expect, it } from 'vitest';
import { type Part, reasonsOf } from './asked-rule.ts';

it('reasonsOf() tells the gravest first, five alike at most, and counts the rest', () => {
  const open = Array.from({ length: 7 }, (_, at): Part => {
    return { status: 'inconclusive', gravity: 'inconclusive', reason: `group ${at}` };
  });
  const missing: Part = { status: 'error', gravity: 'coverage', reason: 'one is missing' };
  const passed: Part = { status: 'pass', gravity: 'pass', reason: 'all is well' };
  expect(reasonsOf([passed, ...open, missing, missing])).toEqual([
    'one is missing',
    ...['group 0', 'group 1', 'group 2', 'group 3', 'group 4'],
    'and 2 more like these',
  ]);
  expect(reasonsOf([passed])).toEqual(['all is well']);
});
