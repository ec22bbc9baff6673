import type { Call } from './calls.ts';
import type { Fill } from './capture-problem.ts';
import type { Element } from './element.ts';
import type { ListMode } from './mode-rules.ts';
import type { Env } from './scope.ts';
import type { Reading } from './tri.ts';
import type { Units } from './unit.ts';
import type { View } from './view.ts';

/** A list of elements to be held against calls. */
export interface Matching {
  readonly mode: ListMode;
  readonly elements: readonly Element[];
  readonly calls: readonly Call[];
  readonly view: View;
  /** How unknowns are read: `no` where the expectation requires. */
  readonly reading: Reading;
}

/** How the calls line up. */
export interface CallMatch {
  readonly matching: Matching;
  readonly units: Units;
  readonly pass: boolean;
  readonly fills: readonly Fill[];
  /** Calls that come near to patterns which are missing, as far as that was settled along with the fills. */
  readonly near: readonly Fill[];
  readonly matched: number;
  /** How many calls each element still wants. */
  readonly missing: readonly number[];
  /** Calls that the mode refuses. */
  readonly refused: number;
  /** Captures under which the fills hold. */
  readonly env: Env;
  /** False where there are too many calls to say which is which. */
  readonly traced: boolean;
}

/** Fills found, or only their figures where the problem is too large to trace. */
export type Filled =
  | { fills: readonly Fill[]; near?: readonly Fill[] }
  | { matched: number; missing: number };
