import type { Difference } from '../model/alignment.ts';
import { asSolutions, differencesOf, leaf, type Matcher, type Solution } from './matcher.ts';
import { isUnsafe, sameJson } from './same-json.ts';
import type { Scope } from './scope.ts';
import { showValue } from './show.ts';
import { ABSENT, NO, NOT_KNOWN, type Tri, UNKNOWN, YES } from './tri.ts';

/** A scalar, or data taken as it is: equal as JSON. */
export function literal(wanted: unknown): Matcher {
  if (wanted === null || typeof wanted !== 'object') return new ScalarMatcher(wanted);
  return leaf({ test: (value) => sameJson(value, wanted), words: () => showValue(wanted) });
}

const NONE: readonly string[] = [];

/** Equal to a scalar. Large suites hold very many of these: a class keeps each of them small. */
class ScalarMatcher implements Matcher {
  readonly binds = NONE;
  readonly refs = NONE;
  readonly scalar: unknown;
  readonly named = null;
  readonly shape = null;
  readonly all = null;
  readonly range = null;
  private readonly wanted: unknown;

  constructor(wanted: unknown) {
    this.wanted = wanted;
    this.scalar = typeof wanted === 'number' && isUnsafe(wanted) ? ABSENT : wanted;
  }

  test(value: unknown, _scope?: Scope): Tri {
    if (value === this.scalar && value !== ABSENT) return YES;
    if (typeof value === 'number' && this.scalar !== ABSENT) {
      return isUnsafe(value) && typeof this.wanted === 'number' ? UNKNOWN : NO;
    }
    return value === NOT_KNOWN ? UNKNOWN : sameJson(value, this.wanted);
  }

  solve(value: unknown, scope: Scope): readonly Solution[] {
    return asSolutions(this.test(value), scope.env);
  }

  distance(value: unknown): number {
    return this.test(value) === YES ? 0 : 1;
  }

  differences(value: unknown, _scope: Scope, path: string): Difference[] {
    return differencesOf(this.test(value), value, path, this.words());
  }

  words(): string {
    return showValue(this.wanted);
  }
}
