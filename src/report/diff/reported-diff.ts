import type { Diff } from '../../diff/diff.ts';
import type { ComparisonGate } from '../../model/comparison-gate.ts';

/** A comparison with what the gate says of it. */
export interface ReportedDiff {
  readonly diff: Diff;
  readonly gate: ComparisonGate;
}
