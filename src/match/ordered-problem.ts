import { type BitTable, hasBit } from './bit-table.ts';
import type { Unit } from './unit.ts';
import type { Worth } from './worth.ts';

/** An ordered mode to be decided: which calls fill which units. */
export interface OrderedProblem {
  readonly units: readonly Unit[];
  /** Number of calls. */
  readonly calls: number;
  /** Group of each call that was issued together with others, undefined for a call alone. */
  readonly groupOf: readonly (string | undefined)[];
  /** Calls that may fill each unit: a row of bits that units with the same patterns share. */
  readonly fits: BitTable;
  /** Row of each unit in `fits`. */
  readonly rowOf: Int32Array;
  readonly worth: Worth;
  /** How many arguments of a call differ from what a unit wants, −1 where they are about other tools; null where nobody asks. */
  readonly distance: ((unit: number, call: number) => number) | null;
}

/** The best answer to an ordered problem. */
export interface OrderedAnswer {
  /** Worth of the whole. */
  readonly best: number;
  /** Unit that each call fills, `NO_UNIT` for none; null where the problem is too large to say. */
  readonly filledBy: Int32Array | null;
  /** Unit that each call only comes near to, `NO_UNIT` for none; null where nobody asked. */
  readonly nearTo: Int32Array | null;
}

/** Marks a call that fills no unit. */
export const NO_UNIT = -1;

/** Whether a call may fill a unit. */
export function fitsUnit({ fits, rowOf }: OrderedProblem, unit: number, call: number): boolean {
  return hasBit(fits, rowOf[unit] as number, call); // unit < length
}
