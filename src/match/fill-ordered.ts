import { type BitTable, bitTable, hasBit } from './bit-table.ts';
import { OutOfBudget } from './budget.ts';
import type { Fill } from './capture-problem.ts';
import type { Filled, Matching } from './matching.ts';
import { modeRules } from './mode-rules.ts';
import { type Nearest, nearestOf } from './nearness.ts';
import { isBestInAnyOrder } from './order-free.ts';
import { hasPlainUnits, solveBlocks } from './ordered-blocks.ts';
import { solveMiddle } from './ordered-middle.ts';
import { NO_UNIT, type OrderedAnswer, type OrderedProblem } from './ordered-problem.ts';
import { solveSearch } from './ordered-search.ts';
import { isTraceable, solveTable } from './ordered-table.ts';
import { NO_CAPTURES } from './scope.ts';
import type { Unit, Units } from './unit.ts';
import { COMPLETE, MOST, shownWorth, type Worth } from './worth.ts';

/** Units × calls beyond which near misses are paired only once it is settled who fills what. */
const MOST_NEAR = 41_000;

/** Fills the units of an ordered mode: passing if that can be, else with the most matches, then the fewest missing, as `shownWorth` says. `near`: whether near misses count. */
export function fillOrdered(
  matching: Matching,
  units: Units,
  possible: BitTable,
  near: boolean,
): Filled {
  const groupOf = groupsOf(matching);
  const calls = matching.calls.length;
  const base: Base = {
    units: units.units,
    calls,
    groupOf: groupOf ?? new Array<undefined>(calls).fill(undefined),
    ...fitsOf(units.units, possible),
  };
  const exact = modeRules[matching.mode].refusesOthers;
  const ask: Ask = { matching, units, possible, base, exact, near };
  if (groupOf === null) return bestOf(ask, solveListed) ?? searched(ask);
  return (hasPlainUnits(base) ? inBudget(() => bestOf(ask, solveBlocks)) : null) ?? searched(ask);
}

/** What a way to solve comes to, null where it takes too long. */
function inBudget(solve: () => Filled | null): Filled | null {
  try {
    return solve();
  } catch (thrown) {
    if (thrown instanceof OutOfBudget) return null;
    throw thrown;
  }
}

/** The best of all orders: that in which calls are recorded where it can be no better, else what a search finds. */
function searched(ask: Ask): Filled {
  const found = passAsListed(ask) ?? failAsListed(ask) ?? inBudget(() => bestOf(ask, solveSearch));
  if (!found) throw new OutOfBudget('orders of calls');
  return found;
}

/** An ordered problem before it is said what a match is worth. */
type Base = Omit<OrderedProblem, 'worth' | 'distance'>;

interface Ask {
  readonly matching: Matching;
  readonly units: Units;
  readonly possible: BitTable;
  readonly base: Base;
  readonly exact: boolean;
  readonly near: boolean;
}

/** The best answer of one way to solve; null where that cannot tell. */
function bestOf(ask: Ask, solve: (problem: OrderedProblem) => OrderedAnswer | null): Filled | null {
  const { base, exact } = ask;
  // Where each unit must be filled once, the most matches are all of them
  if (!exact && !base.units.every(isPlain)) {
    const complete = solve({ ...base, worth: COMPLETE, distance: null });
    if (!complete) return null;
    if (complete.best >= 0) return filledOf(ask, complete, COMPLETE);
  }
  const { length } = base.units;
  const some = isTraceable(length, base.calls);
  const near = ask.near && length * base.calls <= MOST_NEAR && solve === solveListed;
  const full = near ? shownWorth(length, base.calls, true) : null;
  const distance = full && distancesOf(ask);
  const worth = full ?? (some ? shownWorth(length, base.calls, false) : null) ?? MOST;
  const answer = solve({ ...base, worth, distance });
  return answer && filledOf(ask, answer, worth);
}

function isPlain({ required, jump }: Unit): boolean {
  return required && jump === -1;
}

/** Solves a problem whose calls come in the order in which they are listed. */
function solveListed(problem: OrderedProblem): OrderedAnswer {
  return solveMiddle(problem) ?? solveTable(problem);
}

/** The order in which calls are recorded, if that passes: then no other need be tried. */
function passAsListed(ask: Ask): Filled | null {
  const { base, exact } = ask;
  const listed = solveTable({ ...base, worth: COMPLETE, distance: null });
  const passes = exact ? listed.best === base.calls : listed.best >= 0;
  return passes ? filledOf(ask, listed, COMPLETE) : null;
}

/** The same order, if as much is missing there as in any. */
function failAsListed(ask: Ask): Filled | null {
  const problem = { ...ask.base, worth: MOST, distance: null };
  const { filledBy } = solveListed(problem);
  return filledBy && isBestInAnyOrder(problem, filledBy) ? bestOf(ask, solveListed) : null;
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

/** The calls that each unit accepts: rows of the patterns, and one more for each unit of several patterns. */
function fitsOf(units: readonly Unit[], possible: BitTable): Pick<Base, 'fits' | 'rowOf'> {
  const { rows, columns, words, bits } = possible;
  const joined = units.filter(({ patterns }) => patterns.length > 1).length;
  const fits = joined === 0 ? possible : bitTable(rows + joined, columns);
  if (joined > 0) fits.bits.set(bits);
  let next = rows;
  const rowOf = Int32Array.from(units, ({ patterns: [first = 0, ...others] }) => {
    if (others.length === 0) return first;
    for (const one of [first, ...others]) {
      for (let word = 0; word < words; word++) {
        const to = next * words + word;
        fits.bits[to] = (fits.bits[to] as number) | (bits[one * words + word] as number); // in range
      }
    }
    return next++;
  });
  return { fits, rowOf };
}

function nearestTo({ matching, units }: Ask, unit: number, at: number): Nearest | null {
  const call = matching.calls[at];
  const numbers = units.units[unit]?.patterns ?? [];
  return call ? nearestOf(units.patterns, numbers, call, matching.view, NO_CAPTURES) : null;
}

/** Measures each pair once, units of one element together. */
function distancesOf(ask: Ask): (unit: number, call: number) => number {
  const { rowOf, calls, fits } = ask.base;
  const known = new Int8Array(fits.rows * calls).fill(-2);
  return (unit, call) => {
    const at = (rowOf[unit] as number) * calls + call; // unit < length
    const before = known[at] as number; // in range
    if (before !== -2) return before;
    const found = nearestTo(ask, unit, call)?.differences ?? -1;
    known[at] = found;
    return found;
  };
}

function filledOf(ask: Ask, { best, filledBy, nearTo }: OrderedAnswer, worth: Worth): Filled {
  const { units, possible } = ask;
  if (!filledBy) return figuresOf(best, worth);
  const fills: Fill[] = [];
  const near: Fill[] = [];
  for (let call = 0; call < filledBy.length; call++) {
    const unit = filledBy[call] as number; // call < length
    const beside = nearTo?.[call] ?? NO_UNIT;
    if (unit !== NO_UNIT) {
      const pattern = units.units[unit]?.patterns.find((one) => hasBit(possible, one, call));
      if (pattern !== undefined) fills.push({ pattern, call });
    } else if (beside !== NO_UNIT) {
      const pattern = nearestTo(ask, beside, call)?.pattern;
      if (pattern !== undefined) near.push({ pattern, call });
    }
  }
  return { fills, near };
}

/** Takes matches and missing apart again: one of the two weights is far above the other. */
function figuresOf(best: number, { match, missing }: Worth): Filled {
  if (match > missing) {
    const matched = Math.ceil(best / match);
    return { matched, missing: (matched * match - best) / missing };
  }
  const empty = Math.ceil(-best / missing);
  return { matched: (best + empty * missing) / match, missing: empty };
}
