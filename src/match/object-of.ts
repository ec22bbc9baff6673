import { isObject } from '../json/object.ts';
import type { Difference } from '../model/alignment.ts';
import { OutOfBudget } from './budget.ts';
import {
  asSolutions,
  differencesOf,
  type KeyedMatchers,
  type Matcher,
  namesOf,
  type Solution,
  whole,
} from './matcher.ts';
import type { Env, Scope } from './scope.ts';
import { ABSENT, NO, NOT_KNOWN, type Tri, UNKNOWN, YES } from './tri.ts';

/** What an object literal wants of its keys. */
export interface ObjectShape extends KeyedMatchers {
  /** What every other key's value must match; null where the other keys are not asked about. */
  readonly rest: Matcher | null;
  /** Whether other keys are refused when there is no `rest`. */
  readonly closed: boolean;
}

/** An object with matchers inside. */
export function objectOf(shape: ObjectShape): Matcher {
  const inner = shape.rest ? [...shape.values, shape.rest] : shape.values;
  const binds = namesOf(inner, 'binds');
  const words = (env: Env) => objectWords(shape, env);
  const test = (value: unknown, scope: Scope): Tri => {
    if (value === NOT_KNOWN) return UNKNOWN;
    if (!isObject(value)) return NO;
    return testInOrder(shape, value, scope) ?? testObject(shape, value, scope);
  };
  return whole({
    binds,
    refs: namesOf(inner, 'refs'),
    shape,
    test,
    words,
    solve: (value, scope) => {
      if (binds.length === 0 || !isObject(value)) return asSolutions(test(value, scope), scope.env);
      if (test(value, scope) === NO) return [];
      return conjoin(partsOf(shape, value), scope);
    },
    distance: (value, scope) => (isObject(value) ? objectDistance(shape, value, scope) : 1),
    differences: (value, scope, path) =>
      isObject(value)
        ? objectDifferences(shape, value, scope, path)
        : differencesOf(test(value, scope), value, path, words(scope.env)),
  });
}

/** Tries the keys in the order in which they are wanted: as most calls give them. Null where the value has others. */
function testInOrder(
  { keys, values }: ObjectShape,
  value: Record<string, unknown>,
  scope: Scope,
): Tri | null {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return null; // a walk would meet inherited keys
  let answer: Tri = YES;
  let index = 0;
  for (const key in value) {
    if (key !== keys[index]) return null;
    const matcher = values[index++] as Matcher; // as many values as keys
    const inner = value[key];
    if (inner === matcher.scalar) continue;
    const one = matcher.test(inner, scope);
    if (one === NO) return NO;
    if (one < answer) answer = one;
  }
  return index === keys.length ? answer : null;
}

function testObject(shape: ObjectShape, value: Record<string, unknown>, scope: Scope): Tri {
  const { keys, values } = shape;
  let answer: Tri = YES;
  let met = 0;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string; // index < length
    const there = Object.hasOwn(value, key);
    if (there) met++;
    const one = (values[index] as Matcher).test(there ? value[key] : ABSENT, scope); // as many values as keys
    if (one === NO) return NO;
    if (one < answer) answer = one;
  }
  if (!shape.closed && !shape.rest) return answer;
  const others = Object.keys(value).length - met;
  if (others === 0) return answer;
  if (!shape.rest) return NO;
  for (const key of otherKeys(shape, value)) {
    const one = shape.rest.test(value[key], scope);
    if (one < answer) answer = one;
  }
  return answer;
}

function otherKeys(shape: ObjectShape, value: Record<string, unknown>): string[] {
  return Object.keys(value).filter((key) => !shape.keys.includes(key));
}

function partsOf(shape: ObjectShape, value: Record<string, unknown>): [Matcher, unknown][] {
  const parts = shape.keys.map((key, index): [Matcher, unknown] => [
    shape.values[index] as Matcher, // as many values as keys
    Object.hasOwn(value, key) ? value[key] : ABSENT,
  ]);
  const { rest } = shape;
  if (rest) for (const key of otherKeys(shape, value)) parts.push([rest, value[key]]);
  return parts;
}

/** Solutions in which every part matches, captures of one part seen by the next. */
export function conjoin(parts: readonly (readonly [Matcher, unknown])[], scope: Scope): Solution[] {
  let open: Solution[] = [{ answer: YES, env: scope.env }];
  for (const [matcher, value] of parts) {
    open = open.flatMap(({ answer, env }) =>
      matcher
        .solve(value, { ...scope, env })
        .map((next) => ({ answer: answer === YES ? next.answer : UNKNOWN, env: next.env })),
    );
    if (open.length > MOST_SOLUTIONS) throw new OutOfBudget('ways to capture from one value');
  }
  return open;
}

function objectDifferences(
  shape: ObjectShape,
  value: Record<string, unknown>,
  scope: Scope,
  path: string,
): Difference[] {
  const found = shape.keys.flatMap((key, index) =>
    (shape.values[index] as Matcher).differences(
      // as many values as keys
      Object.hasOwn(value, key) ? value[key] : ABSENT,
      scope,
      join(path, key),
    ),
  );
  if (!shape.closed && !shape.rest) return found;
  for (const key of otherKeys(shape, value)) {
    if (shape.rest) found.push(...shape.rest.differences(value[key], scope, join(path, key)));
    else found.push({ path: join(path, key), kind: 'unexpected', was: value[key] });
  }
  return found;
}

function objectDistance(shape: ObjectShape, value: Record<string, unknown>, scope: Scope): number {
  let count = 0;
  for (const [matcher, inner] of partsOf(shape, value)) {
    if (matcher.test(inner, scope) !== YES) count++;
  }
  return shape.closed && !shape.rest ? count + otherKeys(shape, value).length : count;
}

function join(path: string, key: string): string {
  const name = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
  return path === '' ? name : `${path}.${name}`;
}

function objectWords(shape: ObjectShape, env: Env): string {
  const parts = shape.keys.map((key, i) => `${key}: ${(shape.values[i] as Matcher).words(env)}`); // as many values as keys
  if (shape.rest) parts.push(`any other: ${shape.rest.words(env)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** Ways to capture out of one value that are looked at. */
export const MOST_SOLUTIONS = 5000;
