import type { GateStatus } from '../model/status.ts';

/** How grave what a rule says is, gravest first. */
export const GRAVITY = [
  'violation',
  'coverage',
  'regression',
  'error',
  'inconclusive',
  'pass',
] as const;

/** One thing that a rule says. */
export interface Part {
  readonly status: GateStatus;
  readonly gravity: (typeof GRAVITY)[number];
  readonly reason: string;
}

/** A rule with what it tests; its answer waits for Holm's correction over the tests of all rules. */
export interface AskedRule {
  /** As it was asked for. */
  readonly rule: string;
  /** One-sided p-values; null where there is nothing to test. */
  readonly ps: readonly (number | null)[];
  /** What it says, given the corrected p-values and the level that each must reach. */
  readonly answer: (corrected: readonly (number | null)[], level: number) => readonly Part[];
}

/** Reasons of one gravity that are told; of many suites and agents the rest is counted. */
const MOST_ALIKE = 5;

/** What there is to say, gravest first and bounded; what passed only where all did. */
export function reasonsOf(parts: readonly Part[]): string[] {
  const telling = parts.filter(({ status }) => status !== 'pass');
  const told = telling.length > 0 ? telling : parts;
  return GRAVITY.flatMap((gravity) => {
    const own = told.filter((part) => part.gravity === gravity).map(({ reason }) => reason);
    const reasons = [...new Set(own)];
    const left = reasons.length - MOST_ALIKE;
    return left > 0 ? [...reasons.slice(0, MOST_ALIKE), `and ${left} more like these`] : reasons;
  });
}
