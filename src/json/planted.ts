import type { World } from '../model/suite.ts';
import { isObject } from './object.ts';
import { keyOfSegment, segmentsOf } from './pointer.ts';

/** Why nothing can be planted at a JSON Pointer in a world, null where it can. */
export function plantProblem(world: World, pointer: string): string | null {
  if (!pointer.startsWith('/')) return `"${pointer}" is no JSON Pointer, expected one such as /a/b`;
  const keys = segmentsOf(pointer).map(keyOfSegment);
  let at: unknown = world;
  for (const [index, key] of keys.entries()) {
    if (Array.isArray(at)) {
      if (!isIndex(key, at)) return `${shown(keys, index)} is a list that has no element ${key}`;
      at = at[Number(key)];
      continue;
    }
    if (!isObject(at)) return `${shown(keys, index)} is ${wordsOf(at)}, expected an object`;
    if (!Object.hasOwn(at, key)) return null; // objects are made along the way
    at = at[key];
  }
  return typeof at === 'string'
    ? null
    : `${pointer} holds ${wordsOf(at)}, expected a text or nothing`;
}

/** A world with a text planted at a JSON Pointer; what is not on the way to it is shared. Takes pointers without a problem. */
export function planted(world: World, pointer: string, text: string): World {
  return put(world, segmentsOf(pointer).map(keyOfSegment), text) as World; // an object stays one
}

function put(value: unknown, [key, ...rest]: readonly string[], text: string): unknown {
  if (key === undefined) return text;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === Number(key) ? put(item, rest, text) : item));
  }
  const here = isObject(value) ? value : {};
  const copy = Object.assign(Object.create(null) as Record<string, unknown>, here);
  copy[key] = put(Object.hasOwn(here, key) ? here[key] : undefined, rest, text);
  return copy;
}

function isIndex(key: string, list: readonly unknown[]): boolean {
  return /^(?:0|[1-9]\d*)$/.test(key) && Number(key) < list.length;
}

function shown(keys: readonly string[], index: number): string {
  return index === 0 ? 'The world' : `/${keys.slice(0, index).join('/')}`;
}

function wordsOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : isObject(value) ? 'an object' : `a ${typeof value}`;
}
