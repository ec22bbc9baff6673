import type { Difference } from '../model/alignment.ts';
import {
  asSolutions,
  leaf,
  type Matcher,
  namesOf,
  refWords,
  type Solution,
  whole,
} from './matcher.ts';
import { conjoin } from './object-of.ts';
import { sameJson } from './same-json.ts';
import { relaxedAnswer, type Scope } from './scope.ts';
import { ABSENT, NO, NOT_KNOWN, not, type Tri, tri, UNKNOWN, YES } from './tri.ts';

/** All of several matchers hold of one value: Kleene's and. */
export function allOf(parts: readonly Matcher[]): Matcher {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const binds = namesOf(parts, 'binds');
  const test = (value: unknown, scope: Scope): Tri => {
    let answer: Tri = YES;
    for (const part of parts) {
      const one = part.test(value, scope);
      if (one === NO) return NO;
      if (one < answer) answer = one;
    }
    return answer;
  };
  return whole({
    binds,
    refs: namesOf(parts, 'refs'),
    all: parts,
    test,
    words: (env) => parts.map((part) => part.words(env)).join(' and '),
    solve: (value, scope) =>
      binds.length === 0
        ? asSolutions(test(value, scope), scope.env)
        : conjoin(
            parts.map((part) => [part, value] as const),
            scope,
          ),
    distance: (value, scope) => parts.reduce((sum, part) => sum + part.distance(value, scope), 0),
    differences: (value, scope, path) => {
      const failing = parts.filter((part) => part.test(value, scope) !== YES);
      return mergeSame(failing.flatMap((part) => part.differences(value, scope, path)));
    },
  });
}

/** One difference a place, what was wanted joined. */
function mergeSame(found: readonly Difference[]): Difference[] {
  const byPath = new Map<string, Difference>();
  for (const one of found) {
    const before = byPath.get(one.path);
    if (!before) byPath.set(one.path, one);
    else if (before.wanted && one.wanted && before.wanted !== one.wanted) {
      byPath.set(one.path, { ...before, wanted: `${before.wanted} and ${one.wanted}` });
    }
  }
  return [...byPath.values()];
}

/** Some of several matchers holds of one value: Kleene's or. */
export function someOf(parts: readonly Matcher[]): Matcher {
  return whole({
    binds: namesOf(parts, 'binds'),
    refs: namesOf(parts, 'refs'),
    test: (value, scope) => best(parts, (part) => part.test(value, scope)),
    words: (env) => parts.map((part) => part.words(env)).join(' or '),
    solve: (value, scope) => parts.flatMap((part) => part.solve(value, scope)),
  });
}

/** The greatest answer. */
function best<T>(items: readonly T[], answerOf: (item: T) => Tri): Tri {
  let answer: Tri = NO;
  for (const item of items) {
    const one = answerOf(item);
    if (one > answer) answer = one;
    if (answer === YES) break;
  }
  return answer;
}

/** The matcher does not hold; unknown stays unknown. */
export function noMatch(inner: Matcher): Matcher {
  return whole({
    binds: [],
    refs: inner.refs,
    test: (value, scope) =>
      not(inner.test(value, scope.relaxed ? { ...scope, negated: !scope.negated } : scope)),
    words: (env) => `not ${inner.words(env)}`,
  });
}

/** May be absent, else must match. */
export function optionally(inner: Matcher): Matcher {
  const test = (value: unknown, scope: Scope): Tri =>
    value === ABSENT ? YES : inner.test(value, scope);
  return whole({
    binds: inner.binds,
    refs: inner.refs,
    test,
    words: (env) => `nothing, or ${inner.words(env)}`,
    solve: (value, scope) =>
      value === ABSENT ? asSolutions(YES, scope.env) : inner.solve(value, scope),
    differences: (value, scope, path) =>
      value === ABSENT ? [] : inner.differences(value, scope, path),
  });
}

/** Is there, or is not. */
export function exists(wanted: boolean): Matcher {
  return whole({
    binds: [],
    refs: [],
    test: (value) => (value === NOT_KNOWN ? UNKNOWN : tri((value !== ABSENT) === wanted)),
    words: () => (wanted ? 'anything' : 'nothing'),
  });
}

/** Holds of every, or of some, element of a list. */
export function elements(rule: 'each' | 'some', inner: Matcher): Matcher {
  const test = (value: unknown, scope: Scope): Tri => {
    if (value === ABSENT) return NO;
    if (!Array.isArray(value)) return UNKNOWN;
    if (rule === 'some') return best(value, (element) => inner.test(element, scope));
    return not(best(value, (element) => not(inner.test(element, scope))));
  };
  const solve = (value: unknown, scope: Scope): readonly Solution[] => {
    if (!Array.isArray(value)) return asSolutions(test(value, scope), scope.env);
    if (rule === 'some') return value.flatMap((element) => inner.solve(element, scope));
    return conjoin(
      value.map((element) => [inner, element] as const),
      scope,
    );
  };
  return whole({
    binds: inner.binds,
    refs: inner.refs,
    test,
    words: (env) => `a list in which ${rule} element is ${inner.words(env)}`,
    ...(inner.binds.length > 0 && { solve }),
    differences: (value, scope, path) => {
      if (test(value, scope) === YES) return [];
      if (rule === 'each' && Array.isArray(value)) {
        return value.flatMap((element, i) => inner.differences(element, scope, `${path}[${i}]`));
      }
      return leaf({
        test,
        words: (env) => `a list in which ${rule} element is ${inner.words(env)}`,
      }).differences(value, scope, path);
    },
  });
}

/** A list whose length matches. */
export function sized(inner: Matcher): Matcher {
  return leaf({
    refs: inner.refs,
    test: (value, scope) => (Array.isArray(value) ? inner.test(value.length, scope) : UNKNOWN),
    words: (env) => `a list of length ${inner.words(env)}`,
  });
}

/** Captures the value under a name; one that is captured already must be the same. */
export function capture(name: string): Matcher {
  const test = (value: unknown, scope: Scope): Tri => {
    if (value === ABSENT) return NO;
    if (value === NOT_KNOWN) return UNKNOWN;
    const known = scope.env.has(name) && relaxedAnswer(scope, name) === null;
    return known ? sameJson(value, scope.env.get(name)) : YES;
  };
  return whole({
    binds: [name],
    refs: [],
    named: name,
    test,
    words: (env) => (env.has(name) ? refWords(name, env) : `anything (captured as ${name})`),
    solve: (value, scope) => {
      if (value === ABSENT) return [];
      if (value === NOT_KNOWN || scope.env.has(name)) {
        return asSolutions(test(value, scope), scope.env);
      }
      return [{ answer: YES, env: new Map(scope.env).set(name, value) }];
    },
  });
}
