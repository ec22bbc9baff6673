import { isObject, ownValue } from '../json/object.ts';
import type { KeyPath, PatternAt } from '../suite/kinds.ts';

/** Items of a list with their indexes; none of what is no list. */
export function itemsOf(value: unknown): { item: unknown; index: number }[] {
  return Array.isArray(value) ? value.map((item: unknown, index) => ({ item, index })) : [];
}

/** Keys and values of a map; none of what is no map. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** What stands under a key; undefined where nothing does, or in what is no map. */
export function partOf(value: unknown, key: string): unknown {
  return isObject(value) ? ownValue(value, key) : undefined;
}

/** The pattern or the list of patterns under a key, each with its path. */
export function patternsUnder(value: unknown, key: string, path: KeyPath = []): PatternAt[] {
  const found = partOf(value, key);
  const at = [...path, key];
  if (!Array.isArray(found)) return found === undefined ? [] : [{ path: at, pattern: found }];
  return found.map((pattern: unknown, index) => ({ path: [...at, index], pattern }));
}
