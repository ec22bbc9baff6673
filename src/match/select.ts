import type { Call } from './calls.ts';
import { SELECTING } from './compile.ts';
import type { Path, Report } from './operator.ts';
import { type CallPattern, compilePattern, type PatternReading } from './pattern.ts';
import { type Env, NO_CAPTURES, type Scope } from './scope.ts';
import { holds, NOT_KNOWN, type Reading } from './tri.ts';
import type { View } from './view.ts';

/** A pattern that picks calls out: partial arguments, lists contained, none at all for any. */
export const SELECTS: PatternReading = { requires: false, counted: false, args: SELECTING };

/** Compiles a list of patterns or a single one. */
export function compilePatterns(
  source: unknown,
  reading: PatternReading,
  report: Report,
  path: Path = [],
): CallPattern[] {
  const list = Array.isArray(source) ? source : [source];
  return list.flatMap((one: unknown, index) => {
    const at = Array.isArray(source) ? [...path, index] : path;
    return compilePattern(one, reading, report, at) ?? [];
  });
}

/** Every set of captures under which a call matches, read that way; empty where it does not. Refs to `relaxed` names read as anything. */
export function matchesOf(
  pattern: CallPattern,
  call: Call,
  view: View,
  reading: Reading,
  env: Env = NO_CAPTURES,
  relaxed: Scope['relaxed'] = null,
): readonly Env[] {
  return matchesIn(pattern, call, { ...view.scopeAt(call.step), env, relaxed }, reading);
}

/** Every set of captures under which a call matches in a scope, read that way; empty where it does not. */
export function matchesIn(
  pattern: CallPattern,
  call: Call,
  scope: Scope,
  reading: Reading,
): readonly Env[] {
  const isHidden = reading === 'yes' && hidesArguments(pattern, call);
  const looked = isHidden ? { ...call, args: NOT_KNOWN } : call;
  if (pattern.binds.length === 0) {
    return holds(pattern.test(looked, scope), reading) ? [scope.env] : [];
  }
  return pattern
    .solve(looked, scope)
    .flatMap((found) => (holds(found.answer, reading) ? [found.env] : []));
}

/** Whether a pattern names arguments of a call that gave them as a text: perhaps it is JSON that stands for them. */
function hidesArguments({ parts }: CallPattern, { args }: Call): boolean {
  if (typeof args !== 'string' || args.trim() === '') return false;
  return parts.some(({ name, matcher }) => name === '' && matcher.shape !== null);
}

/** Whether a call matches some of several patterns, read that way. */
export function matchesSome(
  patterns: readonly CallPattern[],
  call: Call,
  view: View,
  reading: Reading,
): boolean {
  return patterns.some((pattern) => matchesOf(pattern, call, view, reading).length > 0);
}
