import { isObject } from '../json/object.ts';
import type { Fault } from '../model/suite.ts';
import { NEGATION } from './expect-schema.ts';
import { below, type ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';
import type { SuiteSchemas } from './suite-schema.ts';
import type { UnbuiltKey } from './unbuilt-key.ts';

/** Names the keys of a map that the format has and nothing serves yet. */
export function unbuiltFaults(
  { keys }: SuiteSchemas,
  place: UnbuiltKey['place'],
  value: unknown,
  at: ValueAt,
): Fault[] {
  if (!isObject(value)) return [];
  return keys
    .unbuilt(place)
    .filter(({ key }) => Object.hasOwn(value, key))
    .map(({ key }) =>
      faultAt(at.source, [...at.path, key], `"${key}" is not built yet`, { on: 'key' }),
    );
}

/** The same for expectations, those that are negated included. */
export function unbuiltExpectationFaults(
  schemas: SuiteSchemas,
  value: unknown,
  at: ValueAt,
): Fault[] {
  const faults = unbuiltFaults(schemas, 'expect', value, at);
  const inner = isObject(value) && Object.hasOwn(value, NEGATION) ? value[NEGATION] : null;
  if (!Array.isArray(inner)) return faults;
  const nested = inner.flatMap((negated, index) =>
    unbuiltExpectationFaults(schemas, negated, below(at, [NEGATION, index])),
  );
  return [...faults, ...nested];
}
