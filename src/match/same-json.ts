import { isObject } from '../json/object.ts';
import { NO, type Tri, tri, UNKNOWN, YES } from './tri.ts';

/** Mark that a store leaves where a secret stood; a text with it is not known in full. */
export const REDACTED = '[redacted:';

/** Tells whether two JSON values are the same; numbers beyond 2^53 and redacted text are unknown. */
export function sameJson(value: unknown, wanted: unknown): Tri {
  if (typeof value === 'number') return sameNumber(value, wanted);
  if (typeof value === 'string') return sameText(value, wanted);
  if (Array.isArray(value)) return Array.isArray(wanted) ? sameList(value, wanted) : NO;
  if (isObject(value)) return isObject(wanted) ? sameObject(value, wanted) : NO;
  return tri(value === wanted);
}

/** Tells whether a number lies where JSON readers lose digits. */
export function isUnsafe(value: number): boolean {
  return Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

/** Tells whether something that is not known stands anywhere in a value: a number beyond 2^53, a text that was redacted. */
export function hasUnknown(value: unknown): boolean {
  if (typeof value === 'number') return isUnsafe(value);
  if (typeof value === 'string') return value.includes(REDACTED);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown);
}

function sameNumber(value: number, wanted: unknown): Tri {
  if (typeof wanted !== 'number') return NO;
  return isUnsafe(value) || isUnsafe(wanted) ? UNKNOWN : tri(value === wanted);
}

function sameText(value: string, wanted: unknown): Tri {
  if (typeof wanted !== 'string') return NO;
  if (value === wanted) return YES;
  return value.includes(REDACTED) || wanted.includes(REDACTED) ? UNKNOWN : NO;
}

function sameList(value: readonly unknown[], wanted: readonly unknown[]): Tri {
  if (value.length !== wanted.length) return NO;
  let answer: Tri = YES;
  for (let index = 0; index < value.length && answer !== NO; index++) {
    answer = Math.min(answer, sameJson(value[index], wanted[index])) as Tri; // of two Tris
  }
  return answer;
}

function sameObject(value: Record<string, unknown>, wanted: Record<string, unknown>): Tri {
  const keys = Object.keys(wanted);
  if (keys.length !== Object.keys(value).length) return NO;
  let answer: Tri = YES;
  for (const key of keys) {
    if (!Object.hasOwn(value, key)) return NO;
    answer = Math.min(answer, sameJson(value[key], wanted[key])) as Tri; // of two Tris
    if (answer === NO) return NO;
  }
  return answer;
}
