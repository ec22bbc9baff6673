import type { BitTable } from './bit-table.ts';
import type { Fill } from './capture-problem.ts';
import type { Filled, Matching } from './matching.ts';
import { modeRules } from './mode-rules.ts';
import { solveOrderless } from './orderless.ts';

/** Assigns calls to the elements of an orderless mode; each element is one pattern there. */
export function fillWithoutOrder(matching: Matching, possible: BitTable): Filled {
  const rule = modeRules[matching.mode];
  const { elementOf } = solveOrderless(matching.elements, possible, rule);
  const fills: Fill[] = [];
  elementOf.forEach((pattern, call) => {
    if (pattern !== -1) fills.push({ pattern, call });
  });
  return { fills };
}
