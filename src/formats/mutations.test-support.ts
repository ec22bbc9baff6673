import fc from 'fast-check';
import { isObject } from '../json/object.ts';

type Change = (value: unknown) => unknown;

const junk = fc.constantFrom(null, 0, -1.5, '', 'x', true, [], {}, [null], { parts: 3 }, [[]]);

/** Changes one place of a JSON value: takes it away, repeats it, turns it round or puts something else there. */
export function mutationsOf(record: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(record);
  const change = fc.oneof(
    junk.map(
      (value): Change =>
        () =>
          value,
    ),
    fc.constant<Change>((value) => (Array.isArray(value) ? [...value].reverse() : undefined)),
    fc.constant<Change>((value) => (Array.isArray(value) ? [...value, ...value] : [value])),
    fc.constant<Change>((value) => (Array.isArray(value) ? value.slice(0, -1) : String(value))),
  );
  const one = fc.tuple(fc.constantFrom(...places), change);
  return fc
    .array(one, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce<unknown>((value, [path, to]) => put(value, path, to), record));
}

function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inner = Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
  return [path, ...inner.flatMap(([key, child]) => placesIn(child, [...path, key]))];
}

function put(value: unknown, [key, ...rest]: readonly string[], change: Change): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((one, index) => (String(index) === key ? put(one, rest, change) : one));
  }
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  const changed = put(value[key], rest, change);
  const { [key]: _, ...others } = value;
  return changed === undefined ? others : { ...value, [key]: changed };
}
