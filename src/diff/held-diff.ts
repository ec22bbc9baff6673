import type { ComparisonGate } from '../model/comparison-gate.ts';
import type { Diff } from './diff.ts';

/** A comparison with what the gate says of it. */
export interface HeldDiff {
  readonly diff: Diff;
  readonly gate: ComparisonGate;
}
