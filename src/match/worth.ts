/** What the parts of an ordered answer are worth: those that count more outweigh any number of those that count less. */
export interface Worth {
  /** A call that fills a unit. */
  readonly match: number;
  /** Price of a required unit that stays empty. */
  readonly missing: number;
  /** A required unit beside a call that only comes near to it. */
  readonly near: number;
  /** Price of each argument that differs there. */
  readonly difference: number;
  /** Price of each call before one that fills a unit: earlier ones are used first. */
  readonly step: number;
  /** The same before one that comes near to a unit. */
  readonly nearStep: number;
}

/** Weight beside which any number of calls counts little. */
const HEAVY = 1e6;
const NOTHING: Worth = { match: 0, missing: 0, near: 0, difference: 0, step: 0, nearStep: 0 };

/** First every required unit, then the most matches: finds whatever passes. */
export const COMPLETE: Worth = { ...NOTHING, match: 1, missing: HEAVY };

/** First the most matches, then the fewest missing. */
export const MOST: Worth = { ...NOTHING, match: HEAVY, missing: 1 };

/** Differences of one call beyond which it is all the same. */
export const MOST_DIFFERENCES = 20;

/** Most matches, fewest missing, most near misses, fewest differing arguments, earliest calls, in this order; without near misses where they are not asked for. Null where numbers are too small to hold all that. */
export function shownWorth(units: number, calls: number, near: boolean): Worth | null {
  const pairs = Math.min(units, calls);
  // A match counts twice, so that of two calls that could change places the earlier one matches
  const [step, nearStep] = [2, 1];
  const difference = step * pairs * calls + 1;
  const some = near ? difference * (pairs * MOST_DIFFERENCES + 1) : 0;
  const missing = near ? some * (pairs + 1) : difference;
  const match = missing * (units + 1);
  if (match * (pairs + 1) > Number.MAX_SAFE_INTEGER) return null;
  return { match, missing, near: some, difference, step, nearStep };
}
