import { isObject } from '../json/object.ts';

/** Keywords under which names lead to schemas. */
const MAPS = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
]);
/** Keywords under which data stands. */
const DATA = new Set(['const', 'enum', 'default', 'examples']);

/** A JSON Schema without the `nullable` of OpenAPI where no `type` stands beside it: the validator refuses it there, and JSON Schema has no such keyword. */
export function withoutNullable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutNullable);
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(
    ([key]) => key !== 'nullable' || Object.hasOwn(schema, 'type'),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, keywordOf(key, inner)]));
}

function keywordOf(key: string, value: unknown): unknown {
  if (DATA.has(key)) return value;
  if (!MAPS.has(key) || !isObject(value)) return withoutNullable(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutNullable(inner)]),
  );
}
