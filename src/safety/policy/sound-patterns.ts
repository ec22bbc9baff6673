import { PARTIAL } from '../../match/compile.ts';
import type { Report } from '../../match/operator.ts';
import type { CallPattern, PatternReading } from '../../match/pattern.ts';
import { compilePatterns } from '../../match/select.ts';

/** What grants: arguments in part, but a list only as it stands, and none at all for any. */
export const GRANTS: PatternReading = { requires: false, counted: false, args: PARTIAL };

/** Compiles patterns of a validated suite. Throws `TypeError` where one is not sound after all. */
export function soundPatterns(
  source: readonly unknown[],
  reading: PatternReading,
): readonly CallPattern[] {
  return compilePatterns(source, reading, refuse);
}

const refuse: Report = (path, message) => {
  throw new TypeError(`${path.join('.')}: ${message}`);
};
