import { isObject } from '../json/object.ts';
import { leaf, type Matcher, refWords, whole } from './matcher.ts';
import { sameJson } from './same-json.ts';
import { relaxedAnswer } from './scope.ts';
import { ABSENT, NOT_KNOWN, type Tri, UNKNOWN } from './tri.ts';

/** Equals what was captured under a name; unknown as long as nothing was. */
export function capturedValue(name: string): Matcher {
  return leaf({
    refs: [name],
    named: name,
    test: (value, scope) => {
      const relaxed = relaxedAnswer(scope, name);
      if (relaxed !== null) return relaxed;
      return scope.env.has(name) ? sameJson(value, scope.env.get(name)) : UNKNOWN;
    },
    words: (env) => refWords(name, env),
  });
}

/** An operator whose operand is a captured value. */
export interface CapturedOperand {
  name: string;
  /** Answer of the operator for an absent value, whatever its operand; null where that depends on it. */
  absent: Tri | null;
  /** The operator on that operand; null where it cannot take it, which reads as unknown. */
  build(operand: unknown): Matcher | null;
}

/** Builds an operator anew for each value that is captured as its operand. */
export function withCaptured({ name, absent, build }: CapturedOperand): Matcher {
  const last: { operand: unknown; matcher: Matcher | null } = { operand: NOT_KNOWN, matcher: null };
  const builtFor = (operand: unknown): Matcher | null => {
    if (last.operand !== operand) {
      last.operand = operand;
      last.matcher = build(operand);
    }
    return last.matcher;
  };
  return whole({
    binds: [],
    refs: [name],
    test: (value, scope) => {
      if (value === ABSENT && absent !== null) return absent;
      if (value === NOT_KNOWN) return UNKNOWN;
      const relaxed = relaxedAnswer(scope, name);
      if (relaxed !== null) return relaxed;
      if (!scope.env.has(name)) return UNKNOWN;
      return builtFor(scope.env.get(name))?.test(value, scope) ?? UNKNOWN;
    },
    words: (env) => {
      const built = env.has(name) ? builtFor(env.get(name)) : null;
      return built ? `${built.words(env)} (captured as ${name})` : refWords(name, env);
    },
  });
}

/** The name in an operand `{ $ref: name }`, null for any other operand. */
export function refName(operand: unknown): string | null {
  if (!isObject(operand) || Object.keys(operand).length !== 1) return null;
  const name = operand['$ref'];
  return typeof name === 'string' ? name : null;
}
