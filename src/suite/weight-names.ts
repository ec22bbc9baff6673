import { isObject } from '../json/object.ts';
import { nearestName } from '../match/nearest-name.ts';
import type { Expectations } from '../model/suite.ts';
import { someOf, suggestion } from './schema-message.ts';

/** Why a key of `weights` names no expectation, null where it names one: `calls`, `calls.in_order`, `calls.0.in_order`. */
export function weightProblem(key: string, expectations: readonly Expectations[]): string | null {
  if (key === 'stop') return null;
  const steps = key.split('.');
  if (expectations.some((expected) => isNamed(steps, expected))) return null;
  const known = new Set(['stop', ...expectations.flatMap((expected) => namesIn(expected))]);
  const ending = [...known].find((name) => name.endsWith(`.${key}`));
  const near = ending ?? nearestName(key, known);
  const mend = near === null ? `the expectations are ${someOf([...known])}` : suggestion(near);
  return `Weight of "${key}", which no expectation is, ${mend}`;
}

/** Tells whether there is something at a path, down to a block of a list. */
function isNamed(steps: readonly string[], expected: unknown): boolean {
  if (steps.length > 3) return false;
  let at = expected;
  for (const step of steps) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false;
    at = (at as Record<string, unknown>)[step]; // an own key, just seen
  }
  return true;
}

/** The names that verdicts may have: keys, and the keys and blocks under them. */
function namesIn(expected: Expectations): string[] {
  return Object.entries(expected).flatMap(([key, value]) => [key, ...partsOf(key, value)]);
}

function partsOf(key: string, value: unknown): string[] {
  if (isObject(value)) return Object.keys(value).map((part) => `${key}.${part}`);
  if (!Array.isArray(value)) return [];
  return value.flatMap((block, index) =>
    isObject(block) ? Object.keys(block).map((part) => `${key}.${index}.${part}`) : [],
  );
}
