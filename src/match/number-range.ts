import { isObject } from '../json/object.ts';
import type { Call } from './calls.ts';

/** The numbers on some sides of a bound: how a value compares decides alone. */
export interface NumberRange {
  readonly bound: number;
  /** Whether greater, smaller and equal numbers lie within. */
  readonly above: boolean;
  readonly below: boolean;
  readonly at: boolean;
}

/** A range that the only argument of a call must lie within. */
export interface ArgumentRange extends NumberRange {
  readonly key: string;
}

/** The only argument of a call where it is a number that is known in full, null for any other call. */
export function onlyNumber({ args }: Call): { key: string; value: number } | null {
  if (!isObject(args)) return null;
  const keys = Object.keys(args);
  const [key = ''] = keys;
  const value = args[key];
  return keys.length === 1 &&
    Number.isFinite(value) &&
    Math.abs(value as number) <= Number.MAX_SAFE_INTEGER
    ? { key, value: value as number } // isFinite takes numbers only
    : null;
}

/** Whether a number lies within a range. */
export function isWithin({ bound, above, below, at }: NumberRange, value: number): boolean {
  return value > bound ? above : value < bound ? below : at;
}
