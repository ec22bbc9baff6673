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

/** What there is to say, gravest first; what passed only where all did. */
export function reasonsOf(parts: readonly Part[]): string[] {
  const telling = parts.filter(({ status }) => status !== 'pass');
  const told = telling.length > 0 ? telling : parts;
  const byGravity = [...told].sort(
    (a, b) => GRAVITY.indexOf(a.gravity) - GRAVITY.indexOf(b.gravity),
  );
  return [...new Set(byGravity.map(({ reason }) => reason))];
}
