import { NO, type Tri, YES } from './tri.ts';

/** Captured values by name; never changed, only extended into a new one. */
export type Env = ReadonlyMap<string, unknown>;

/** No captures yet. */
export const NO_CAPTURES: Env = new Map();

/** Answers where a value came from, for `$from` and `grounded`. */
export interface Provenance {
  /** Whether the value occurs in what the user said before that step. */
  inInput(value: unknown, beforeStep: number): Tri;
  /** Whether the value occurs in an earlier result of one of those tools; null for any tool. */
  inResults(value: unknown, beforeStep: number, tools: readonly string[] | null): Tri;
}

/** What a matcher may look at beside the value. */
export interface Scope {
  readonly env: Env;
  /** Captures that are left out of account: comparisons with these names (or with any) read as yes. */
  readonly relaxed: ReadonlySet<string> | 'all' | null;
  /** Under a `$not`: there such comparisons read as no, so that the whole is as near to yes as it can be. */
  readonly negated?: boolean;
  /** Index of the step that the value belongs to. */
  readonly step: number;
  /** Null where nothing is known of earlier steps. */
  readonly provenance: Provenance | null;
}

/** A scope without captures or earlier steps. */
export const BARE_SCOPE: Scope = {
  env: NO_CAPTURES,
  relaxed: null,
  step: Number.POSITIVE_INFINITY,
  provenance: null,
};

/** How a comparison with a captured name reads where it is left out of account; null where it is not. */
export function relaxedAnswer({ relaxed, negated }: Scope, name: string): Tri | null {
  if (relaxed === null || (relaxed !== 'all' && !relaxed.has(name))) return null;
  return negated ? NO : YES;
}
