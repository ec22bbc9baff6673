import type { Difference } from '../model/alignment.ts';
import type { NumberRange } from './number-range.ts';
import type { Env, Scope } from './scope.ts';
import { showValue } from './show.ts';
import { ABSENT, NO, NOT_KNOWN, type Tri, UNKNOWN, YES } from './tri.ts';

/** One way in which a value can match: never a no, with what it captures. */
export interface Solution {
  answer: typeof UNKNOWN | typeof YES;
  env: Env;
}

/** A compiled matcher: decides about one JSON value, `ABSENT` or `NOT_KNOWN`. */
export interface Matcher {
  /** Names that it captures. */
  readonly binds: readonly string[];
  /** Names of captures that it compares with. */
  readonly refs: readonly string[];
  /** The scalar that it wants: an equal one matches, any other that is known in full does not; `ABSENT` where there is none. */
  readonly scalar: unknown;
  /** The numbers that it wants, where that is all it wants; null else. */
  readonly range: NumberRange | null;
  /** Name of the capture that a value equals, or becomes; null where it is about none, or about more. */
  readonly named: string | null;
  /** What it wants of some keys of an object at least; null where it is not about keys. */
  readonly shape: KeyedMatchers | null;
  /** Matchers that must hold of the same value, null where it is not made of such. */
  readonly all: readonly Matcher[] | null;
  /** Yes, no or unknown under the scope's captures; ignores what it would capture itself. */
  test(value: unknown, scope: Scope): Tri;
  /** Every way to match, for patterns with captures. */
  solve(value: unknown, scope: Scope): readonly Solution[];
  /** How many places of the value depart from what is wanted, keys of the top level counted; 0 when it matches. */
  distance(value: unknown, scope: Scope): number;
  /** Where the value departs from what is wanted; empty when it matches. */
  differences(value: unknown, scope: Scope, path: string): Difference[];
  /** What is wanted, in words that follow “wanted”. */
  words(env: Env): string;
}

/** Matchers of the values under some keys, key by key. */
export interface KeyedMatchers {
  readonly keys: readonly string[];
  readonly values: readonly Matcher[];
}

/** What a matcher without inner matchers has to say; the rest follows from it. */
export interface Leaf {
  refs?: readonly string[];
  /** Name of the capture that a value equals. */
  named?: string;
  /** Answer for an absent value; no unless given. */
  absent?: Tri;
  test(value: unknown, scope: Scope): Tri;
  words(env: Env): string;
}

/** Makes a matcher that looks at a value as a whole. */
export function leaf(parts: Leaf): Matcher {
  const absent = parts.absent ?? NO;
  const test = (value: unknown, scope: Scope): Tri => {
    if (value === ABSENT) return absent;
    if (value === NOT_KNOWN) return UNKNOWN;
    return parts.test(value, scope);
  };
  const { refs = [], named = null, words } = parts;
  return whole({ binds: [], refs, named, test, words });
}

/** Completes a matcher whose solutions and differences follow from its answer. */
export function whole(
  parts: Pick<Matcher, 'binds' | 'refs' | 'test' | 'words'> & Partial<Matcher>,
): Matcher {
  return {
    scalar: ABSENT,
    range: null,
    named: null,
    shape: null,
    all: null,
    solve: (value, scope) => asSolutions(parts.test(value, scope), scope.env),
    distance: (value, scope) => (parts.test(value, scope) === YES ? 0 : 1),
    differences: (value, scope, path) =>
      differencesOf(parts.test(value, scope), value, path, parts.words(scope.env)),
    ...parts,
  };
}

/** The solutions of an answer that captures nothing. */
export function asSolutions(answer: Tri, env: Env): readonly Solution[] {
  return answer === NO ? [] : [{ answer, env }];
}

/** The one difference of a value that does not match as a whole. */
export function differencesOf(
  answer: Tri,
  value: unknown,
  path: string,
  wanted: string,
): Difference[] {
  if (answer === YES) return [];
  if (value === ABSENT) return [{ path, kind: 'missing', wanted }];
  if (value === NOT_KNOWN) return [{ path, kind: 'unknown', wanted }];
  return [{ path, kind: answer === UNKNOWN ? 'unknown' : 'differs', was: value, wanted }];
}

/** Unites lists of names without repeats. */
export function namesOf(matchers: readonly Matcher[], of: 'binds' | 'refs'): readonly string[] {
  if (matchers.every((matcher) => matcher[of].length === 0)) return [];
  return [...new Set(matchers.flatMap((matcher) => matcher[of]))];
}

/** A captured value in words. */
export function refWords(name: string, env: Env): string {
  return env.has(name)
    ? `${showValue(env.get(name))} (captured as ${name})`
    : `what was captured as ${name}`;
}
