import type { Fill } from './capture-problem.ts';
import type { Filled, Matching } from './matching.ts';
import { modeRules } from './mode-rules.ts';
import { solveOrderless } from './orderless.ts';
import type { Units } from './unit.ts';

/** Assigns calls to the elements of an orderless mode; each element is one pattern there. */
export function fillWithoutOrder(
  matching: Matching,
  units: Units,
  possible: (pattern: number, call: number) => boolean,
): Filled {
  const patternOf = new Map(units.elementOf.map((element, pattern) => [element, pattern]));
  const { elementOf } = solveOrderless(
    matching.elements,
    matching.calls.length,
    (element, call) => {
      const pattern = patternOf.get(element);
      return pattern !== undefined && possible(pattern, call);
    },
    modeRules[matching.mode],
  );
  const fills: Fill[] = [];
  elementOf.forEach((element, call) => {
    const pattern = patternOf.get(element);
    if (pattern !== undefined) fills.push({ pattern, call });
  });
  return { fills };
}
