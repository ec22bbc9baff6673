import { type BitTable, hasBit } from './bit-table.ts';
import { OutOfBudget } from './budget.ts';
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
  const ask: Ask = {
    exact: modeRules[matching.mode].refusesOthers,
    base,
    filled: (answer, perMatch, perMissing) =>
      filledOf(answer, units, possible, perMatch, perMissing),
  };
  if (plain) return bestOf(ask, solveTable);
  try {
    return bestOf(ask, solveSearch);
  } catch (thrown) {
    const straight = thrown instanceof OutOfBudget ? passAsListed(ask) : null;
    if (straight) return straight;
    throw thrown;
  }
}

/** An ordered problem before it is said what a match is worth. */
interface Ask {
  readonly exact: boolean;
  readonly base: Omit<OrderedProblem, 'perMatch' | 'perMissing'>;
  filled(answer: OrderedAnswer, perMatch: number, perMissing: number): Filled;
}

function bestOf(
  { exact, base, filled }: Ask,
  solve: (problem: OrderedProblem) => OrderedAnswer,
): Filled {
  if (!exact) {
    const complete = solve({ ...base, perMatch: 1, perMissing: HEAVY });
    if (complete.best >= 0) return filled(complete, 1, HEAVY);
  }
  return filled(solve({ ...base, perMatch: HEAVY, perMissing: 1 }), HEAVY, 1);
}

/** Where the orders are too many to try: the one in which groups are listed and calls recorded, if that passes. */
function passAsListed({ exact, base, filled }: Ask): Filled | null {
  const listed = solveTable({ ...base, perMatch: 1, perMissing: HEAVY });
  const passes = exact ? listed.best === base.calls : listed.best >= 0;
  return passes ? filled(listed, 1, HEAVY) : null;
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
