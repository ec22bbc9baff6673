import type { Call } from './calls.ts';
import type { Matcher } from './matcher.ts';
import type { Scope } from './scope.ts';

/** One part of a call that a pattern asks about. */
export interface PatternPart {
  /** Prefix of the paths of its differences: empty for arguments. */
  readonly name: '' | 'result' | 'error';
  readonly matcher: Matcher;
}

/** The value of one part of a call. */
export function partValue(call: Call, name: PatternPart['name']): unknown {
  return name === '' ? call.args : call[name];
}

/** The scope of one part: results belong to the step that brought them. */
export function partScope(call: Call, name: PatternPart['name'], scope: Scope): Scope {
  const step = name === '' ? call.step : call.resultStep;
  if (scope.step === step) return scope;
  return { ...scope, step };
}
