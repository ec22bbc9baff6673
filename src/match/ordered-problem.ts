import type { Unit } from './unit.ts';

/** An ordered mode to be decided: which calls fill which units. */
export interface OrderedProblem {
  readonly units: readonly Unit[];
  /** Number of calls. */
  readonly calls: number;
  /** Group of each call that was issued together with others, undefined for a call alone. */
  readonly groupOf: readonly (string | undefined)[];
  /** Whether a call may fill a unit. */
  ok(unit: number, call: number): boolean;
  /** Worth of a call that fills a unit, and price of a required unit that stays empty. */
  readonly perMatch: number;
  readonly perMissing: number;
}

/** The best answer to an ordered problem. */
export interface OrderedAnswer {
  /** Σ perMatch − Σ perMissing. */
  readonly best: number;
  /** Unit that each call fills, `NO_UNIT` for none; null where the problem is too large to say. */
  readonly filledBy: Int32Array | null;
}

/** Marks a call that fills no unit. */
export const NO_UNIT = -1;
