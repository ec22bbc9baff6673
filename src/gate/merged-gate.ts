import type { ComparisonGate } from '../model/comparison-gate.ts';
import type { GateResult } from '../model/run.ts';
import type { GateStatus } from '../model/status.ts';
import { worstStatus } from './worst-status.ts';

/** The gate of a run that was held against a baseline too: fails where one does, is in error where one is, and is inconclusive where the comparison is and that was named; else it passes, and says what is undecided. */
export function mergedGate(own: GateResult, comparison: ComparisonGate): GateResult {
  const status = worstStatus([own.status, countedStatus(comparison)]);
  const isOpen = comparison.status === 'inconclusive';
  const prefix = isOpen ? 'Inconclusive against the baseline' : 'Baseline';
  const reasons = comparison.reasons.map((reason) => `${prefix}: ${reason}`);
  const first = comparison.status === 'fail' && own.status !== 'fail';
  return { status, reasons: first ? [...reasons, ...own.reasons] : [...own.reasons, ...reasons] };
}

/** What a comparison counts as: undecided ones pass unless `inconclusive` was named. */
export function countedStatus({ status, rules }: ComparisonGate): GateStatus {
  const isNamed = rules.some(({ rule }) => rule === 'inconclusive');
  return status === 'inconclusive' && !isNamed ? 'pass' : status;
}
