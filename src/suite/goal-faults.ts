import { isObject } from '../json/object.ts';
import type { Expectations } from '../model/expectations.ts';
import type { Fault } from '../model/suite.ts';
import { NEGATION } from './expect-schema.ts';
import type { KeyPath } from './kinds.ts';
import type { Part } from './part-loading.ts';
import { faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';

/** Why an expectation makes no goal, by its key. */
const NO_GOAL: ReadonlyMap<string, string> = new Map([
  ['metrics', 'A metric measures and is no goal'],
  ['blocked', 'A goal looks at calls that ran; what was blocked did not reach it'],
  [
    'judge',
    'An LLM judge never decides about safety: a goal is reached by calls or words that rules can see',
  ],
]);

/** Tells what makes no sense in the goal of an attack. */
export function goalFaults(goal: Expectations, { value, at }: Part): Fault[] {
  if (Object.keys(goal).length === 0) {
    return [faultAt(at.source, at.path, 'Nothing is wanted: give at least one expectation')];
  }
  return senseless(goal, []).map((path) => {
    const message = NO_GOAL.get(String(path.at(-1))) ?? '';
    const inner = isFilePath(value) ? [] : path;
    return faultAt(at.source, [...at.path, ...inner], message, {
      on: inner.length > 0 ? 'key' : 'value',
    });
  });
}

function senseless(goal: Expectations, path: KeyPath): KeyPath[] {
  return Object.entries(goal).flatMap(([key, value]): KeyPath[] => {
    if (NO_GOAL.has(key)) return [[...path, key]];
    if (key !== NEGATION || !Array.isArray(value)) return [];
    return value.flatMap((inner: unknown, index) =>
      isObject(inner) ? senseless(inner, [...path, key, index]) : [],
    );
  });
}
