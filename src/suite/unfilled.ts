import { isObject } from '../json/object.ts';
import { placeholderIn } from '../match/placeholder.ts';
import type { KeyPath } from './kinds.ts';
import { MAX_DEPTH } from './max-depth.ts';

/** A `{{name}}` that nothing is put in for. */
export interface Unfilled {
  path: KeyPath;
  on: 'value' | 'key';
  /** As it is written, braces included. */
  written: string;
}

/** Operators whose operand is taken as it is. */
const AS_IT_IS = new Set(['$eq', '$schema']);

/** Finds where `{{name}}` stands in the texts and keys of a value, but not in data that is taken as it is. */
export function unfilledIn(value: unknown, path: KeyPath = []): Unfilled[] {
  if (path.length > MAX_DEPTH) return []; // that is told
  if (typeof value === 'string') {
    const written = placeholderIn(value);
    return written === null ? [] : [{ path, on: 'value', written }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => unfilledIn(item, [...path, index]));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]): Unfilled[] => {
    if (AS_IT_IS.has(key)) return [];
    const written = placeholderIn(key);
    const below = unfilledIn(inner, [...path, key]);
    return written === null ? below : [{ path: [...path, key], on: 'key', written }, ...below];
  });
}
