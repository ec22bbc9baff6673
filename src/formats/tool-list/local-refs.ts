import { isObject, ownValue } from '../../json/object.ts';
import { keyOfSegment, segmentsOf } from '../../json/pointer.ts';

const MOST_LEVELS = 24;
/** Values that are copied in all: references to references grow without bounds. */
const MOST_VALUES = 200_000;

/** Makes the way from a value to the same without `$ref`: local ones are written out, all others, and those that lead back to themselves, are left open. */
export function localRefs(document: Readonly<Record<string, unknown>>) {
  const left = { values: MOST_VALUES };
  const open = new Set<string>();
  const at = (ref: string): unknown => {
    if (!ref.startsWith('#/')) return undefined;
    let value: unknown = document;
    for (const segment of segmentsOf(ref.slice(1)).map(keyOfSegment)) {
      if (Array.isArray(value)) value = value[Number(segment)];
      else value = isObject(value) ? ownValue(value, segment) : undefined;
    }
    return value;
  };
  const written = (value: unknown, within: readonly string[], level: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (level > MOST_LEVELS || --left.values < 0) {
      open.add('what is nested too deeply');
      return {};
    }
    if (Array.isArray(value)) return value.map((item) => written(item, within, level + 1));
    const ref = ownValue(value as Record<string, unknown>, '$ref'); // an object that is no array
    if (typeof ref !== 'string') return copied(value as Record<string, unknown>, within, level);
    const target = within.includes(ref) ? undefined : at(ref);
    if (target !== undefined) return written(target, [...within, ref], level + 1);
    open.add(JSON.stringify(ref));
    return {};
  };
  const copied = (value: Record<string, unknown>, within: readonly string[], level: number) => {
    const copy: Record<string, unknown> = Object.create(null);
    for (const [key, inner] of Object.entries(value)) copy[key] = written(inner, within, level + 1);
    return asOfToday(copy);
  };
  return {
    resolve: (value: unknown) => written(value, [], 0),
    notes: () =>
      open.size === 0
        ? []
        : [`Left open, anything goes there: ${[...open].slice(0, 10).join(', ')}`],
  };
}

/** Bounds that OpenAPI 3.0 marks as exclusive by a boolean, as JSON Schema has them. */
function asOfToday(schema: Record<string, unknown>): Record<string, unknown> {
  for (const [key, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof schema[key] !== 'boolean') continue;
    const isExclusive = schema[key];
    delete schema[key];
    if (!isExclusive || typeof schema[bound] !== 'number') continue;
    schema[key] = schema[bound];
    delete schema[bound];
  }
  return schema;
}
