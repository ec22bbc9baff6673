import { type BitTable, hasBit } from './bit-table.ts';
import type { Fill } from './capture-problem.ts';
import type { Filled, Matching } from './matching.ts';
import { modeRules } from './mode-rules.ts';
import { NO_UNIT, type OrderedAnswer, type OrderedProblem } from './ordered-problem.ts';
import { solveSearch } from './ordered-search.ts';
import { solveTable } from './ordered-table.ts';
import type { Units } from './unit.ts';

const HEAVY = 1e6;

/** Fills the units of an ordered mode: passing if that can be, else with the most matches, then the fewest missing. */
export function fillOrdered(matching: Matching, units: Units, possible: BitTable): Filled {
  const groupOf = groupsOf(matching);
  const plain = groupOf === null && units.units.every((unit) => unit.group === -1);
  const base = {
    units: units.units,
    calls: matching.calls.length,
    groupOf: groupOf ?? new Array<undefined>(matching.calls.length).fill(undefined),
    ok: (unit: number, call: number) =>
      units.units[unit]?.patterns.some((pattern) => hasBit(possible, pattern, call)) ?? false,
  };
  const solve = (weights: Pick<OrderedProblem, 'perMatch' | 'perMissing'>): OrderedAnswer =>
    (plain ? solveTable : solveSearch)({ ...base, ...weights });
  if (!modeRules[matching.mode].refusesOthers) {
    const complete = solve({ perMatch: 1, perMissing: HEAVY });
    if (complete.best >= 0) return filledOf(complete, units, possible, 1, HEAVY);
  }
  return filledOf(solve({ perMatch: HEAVY, perMissing: 1 }), units, possible, HEAVY, 1);
}

/** The parallel group of each call, null where no two calls share one. */
function groupsOf({ calls }: Matching): (string | undefined)[] | null {
  const seen = new Set<string>();
  for (const { parallel } of calls) {
    if (parallel === undefined) continue;
    if (seen.has(parallel)) return calls.map((call) => call.parallel);
    seen.add(parallel);
  }
  return null;
}

function filledOf(
  { best, filledBy }: OrderedAnswer,
  { units }: Units,
  possible: BitTable,
  perMatch: number,
  perMissing: number,
): Filled {
  if (!filledBy) return figuresOf(best, perMatch, perMissing);
  const fills: Fill[] = [];
  filledBy.forEach((unit, call) => {
    if (unit === NO_UNIT) return;
    const pattern = units[unit]?.patterns.find((one) => hasBit(possible, one, call));
    if (pattern !== undefined) fills.push({ pattern, call });
  });
  return { fills };
}

/** Takes matches and missing apart again: one of the two weights is far above the other. */
function figuresOf(best: number, perMatch: number, perMissing: number): Filled {
  if (perMatch > perMissing) {
    const matched = Math.ceil(best / perMatch);
    return { matched, missing: (matched * perMatch - best) / perMissing };
  }
  const missing = Math.ceil(-best / perMissing);
  return { matched: (best + missing * perMissing) / perMatch, missing };
}
