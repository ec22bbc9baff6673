import type { Call } from './calls.ts';
import type { Element } from './element.ts';
import { type ListMode, modeRules } from './mode-rules.ts';
import type { CallPattern } from './pattern.ts';
import type { Scope } from './scope.ts';
import { type Reading, UNKNOWN, YES } from './tri.ts';
import type { View } from './view.ts';

/** The patterns of a list in which each is wanted once and none captures; null for any other list. */
export function plainPatterns(elements: readonly Element[]): readonly CallPattern[] | null {
  const patterns: CallPattern[] = [];
  for (const { kind, patterns: own, count } of elements) {
    const [only] = own;
    if (kind !== 'call' || !only || count.min !== 1 || count.max !== 1 || count.optional)
      return null;
    if (only.binds.length + only.refs.length > 0) return null;
    patterns.push(only);
  }
  return patterns;
}

/** Tries the nearest assignment in one pass; the steps that meet the patterns where it passes, null where only the exact search can tell. */
export function quickPass(
  mode: ListMode,
  patterns: readonly CallPattern[],
  calls: readonly Call[],
  view: View,
  reading: Reading,
): number[] | null {
  const { ordered, refusesOthers, needsAll } = modeRules[mode];
  if (calls.length < patterns.length && needsAll) return null;
  if (refusesOthers && needsAll && calls.length !== patterns.length) return null;
  const least = reading === 'no' ? YES : UNKNOWN;
  if (!ordered) return null;
  const steps: number[] = [];
  // One scope for all calls: patterns without captures keep none of it
  const scope: { -readonly [Key in keyof Scope]: Scope[Key] } = view.scopeAt(0);
  for (let at = 0; at < calls.length && steps.length < patterns.length; at++) {
    const call = calls[at] as Call; // at < length
    const pattern = patterns[steps.length] as CallPattern; // at < length
    scope.step = call.step;
    if (pattern.test(call, scope) >= least) steps.push(call.step);
    else if (refusesOthers) return null;
  }
  return steps.length === patterns.length ? steps : null;
}
