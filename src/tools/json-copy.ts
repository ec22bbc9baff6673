import { pointerOf } from '../json/pointer.ts';

/** The deepest nesting, and the most objects and lists, that are copied. */
const MOST_LEVELS = 500;
const MOST_PARTS = 1_000_000;

/** What keeps a value from being JSON, in words such as `a function at /items/0`. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
}

interface Walk {
  /** Keys and objects from the value to where the walk is. */
  readonly keys: (string | number)[];
  readonly around: object[];
  parts: number;
}

/** A deep copy of a JSON value; as in JSON text, undefined is null in a list and no key in an object, and dates are texts. Throws `NotJson`. */
export function jsonCopy(value: unknown): unknown {
  if (value === undefined) return null;
  return copyOf(value, { keys: [], around: [], parts: 0 });
}

function copyOf(value: unknown, walk: Walk): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw notJson(String(value), walk);
      return value === 0 ? 0 : value;
    case 'object':
      return value === null ? null : copyOfObject(value, walk);
    default:
      throw notJson(`a ${typeof value}`, walk);
  }
}

function copyOfObject(value: object, walk: Walk): unknown {
  if (walk.around.length >= MOST_LEVELS) throw tooDeep(walk);
  if (++walk.parts > MOST_PARTS) throw new NotJson('more than a million objects and lists');
  const written = writtenAs(value);
  if (written !== value) return copyOf(written, walk);
  walk.around.push(value);
  const copy = Array.isArray(value) ? copyOfList(value, walk) : copyOfMap(value, walk);
  walk.around.pop();
  return copy;
}

/** What stands in JSON text for an object that says so itself, such as a date. */
function writtenAs(value: object): unknown {
  const { toJSON } = value as { toJSON?: unknown }; // any object may have it
  return typeof toJSON === 'function' && !Object.hasOwn(value, 'toJSON')
    ? toJSON.call(value)
    : value;
}

function copyOfList(list: readonly unknown[], walk: Walk): unknown[] {
  const copy: unknown[] = [];
  for (let at = 0; at < list.length; at++) {
    walk.keys.push(at);
    copy.push(list[at] === undefined ? null : copyOf(list[at], walk));
    walk.keys.pop();
  }
  return copy;
}

function copyOfMap(value: object, walk: Walk): Record<string, unknown> {
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (kind !== 'Object') throw notJson(`${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`, walk);
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    walk.keys.push(key);
    setOwn(copy, key, copyOf(inner, walk));
    walk.keys.pop();
  }
  return copy;
}

/** Sets an own property, whatever its name. */
function setOwn(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') {
    map[key] = value;
    return;
  }
  const settings = { value, writable: true, enumerable: true, configurable: true };
  Object.defineProperty(map, key, settings);
}

function tooDeep(walk: Walk): NotJson {
  const seen = new Set<object>();
  for (const [level, one] of walk.around.entries()) {
    if (seen.has(one)) return notJson('a cycle', { ...walk, keys: walk.keys.slice(0, level) });
    seen.add(one);
  }
  return new NotJson(`more than ${MOST_LEVELS} levels`);
}

function notJson(what: string, { keys }: Walk): NotJson {
  return new NotJson(keys.length === 0 ? what : `${what} at ${pointerOf(keys)}`);
}
