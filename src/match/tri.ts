/** Answer of a matcher: no, unknown or yes, ordered so that Kleene's and/or are min/max. */
export type Tri = 0 | 1 | 2;
/** It does not match. */
export const NO = 0;
/** It cannot be told. */
export const UNKNOWN = 1;
/** It matches. */
export const YES = 2;

/** Turns a boolean into a Tri. */
export function tri(holds: boolean): Tri {
  return holds ? YES : NO;
}

/** Kleene's not: unknown stays unknown. */
export function not(answer: Tri): Tri {
  return (2 - answer) as Tri; // 2 − {0, 1, 2} is {2, 1, 0}
}

/** How an unknown is read: `no` where a pattern requires, `yes` where it selects. */
export type Reading = 'no' | 'yes';

/** Reads a Tri as a decision. */
export function holds(answer: Tri, unknownReads: Reading): boolean {
  return answer === YES || (answer === UNKNOWN && unknownReads === 'yes');
}

/** The other reading, for what stands under a `not`. */
export function flip(reading: Reading): Reading {
  return reading === 'no' ? 'yes' : 'no';
}

/** Stands for a key that is not there. */
export const ABSENT: unique symbol = Symbol('absent');
/** Stands for a value that was redacted or not captured. */
export const NOT_KNOWN: unique symbol = Symbol('not known');
