import { isObject } from '../json/object.ts';
import { reservedNames } from './pattern-source.ts';

const RESERVED: ReadonlySet<string> = new Set(reservedNames);

/** Tells without compiling that the list of a mode is sound: tools, each with literal arguments or with any. False says nothing. */
export function arePlainElements(list: unknown): boolean {
  return Array.isArray(list) && list.every(isPlainPattern);
}

function isPlainPattern(entry: unknown): boolean {
  if (typeof entry === 'string') return entry !== '';
  if (!isObject(entry)) return false;
  let names = 0;
  for (const name in entry) {
    if (++names > 1 || name === '' || RESERVED.has(name) || !isPlainArguments(entry[name]))
      return false;
  }
  return names === 1;
}

function isPlainArguments(args: unknown): boolean {
  if (!isObject(args)) return false;
  for (const key in args) {
    if (key.startsWith('$') || typeof args[key] === 'object') return false;
  }
  return true;
}
