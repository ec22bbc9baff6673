import { isObject } from '../json/object.ts';
import type { Fault } from '../model/suite.ts';
import type { ValueAt } from './schema-faults.ts';
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
