import type { BitTable } from './bit-table.ts';
import type { Fill } from './capture-problem.ts';
import { layWithoutOrder } from './lay-without-order.ts';
import type { Filled, Matching } from './matching.ts';
import { modeRules } from './mode-rules.ts';
import { solveOrderless } from './orderless.ts';

/** Assigns calls to the elements of an orderless mode; each element is one pattern there. `near`: whether near misses count where it fails. */
export function fillWithoutOrder(matching: Matching, possible: BitTable, near: boolean): Filled {
  const rule = modeRules[matching.mode];
  const answer = solveOrderless(matching.elements, possible, rule);
  const { elementOf, matched, missing } = answer;
  const isRefused = rule.refusesOthers && matched < matching.calls.length;
  if (near && (isRefused || missing.some((count) => count > 0)))
    return layWithoutOrder(matching, possible, answer);
  const fills: Fill[] = [];
  elementOf.forEach((pattern, call) => {
    if (pattern !== -1) fills.push({ pattern, call });
  });
  return { fills };
}
