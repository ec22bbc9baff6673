import { describe, expect, it } from 'vitest';
import type { Tools } from '../model/tool.ts';
import { countsFor, EFFECT_BUDGETS, isLeftOut, mayWrite } from './effects.ts';

const TOOLS: Tools = {
  look: { effect: 'read' },
  search: { effect: 'read', external: true },
  set: { effect: 'write', external: false },
  pay: { effect: 'irreversible' },
  odd: {},
};

describe('countsFor()', () => {
  it.each<[tool: string, budgets: string[]]>([
    ['look', []],
    ['search', ['external']],
    ['set', ['writes']],
    ['pay', ['writes', 'irreversible']],
    ['odd', ['writes', 'irreversible']],
    ['nobody', ['writes', 'irreversible', 'external']],
    ['constructor', ['writes', 'irreversible', 'external']],
    ['__proto__', ['writes', 'irreversible', 'external']],
  ])('counts %s for %j', (tool, budgets) => {
    expect(EFFECT_BUDGETS.filter((budget) => countsFor(budget, TOOLS, tool))).toEqual(budgets);
    expect(EFFECT_BUDGETS.every((budget) => countsFor(budget, null, tool))).toBe(true);
    expect(mayWrite(TOOLS, tool)).toBe(budgets.includes('writes'));
  });
});

describe('isLeftOut()', () => {
  it('leaves out what a rule blocked, and nothing else', () => {
    const blocked = ['policy', 'approval', true, 'limit', false, null, undefined];
    expect(blocked.map(isLeftOut)).toEqual([true, true, true, false, false, false, false]);
  });
});
