import type { GateStatus } from '../model/status.ts';

/** The gate's answer in words. */
export const gateWords = {
  pass: 'Gate passed',
  fail: 'Gate failed',
  inconclusive: 'Gate inconclusive',
  error: 'Gate undecided',
} satisfies Record<GateStatus, string>;
