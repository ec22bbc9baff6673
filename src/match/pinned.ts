import { canonicalJson } from '../json/canonical.ts';
import { isObject } from '../json/object.ts';
import type { Call } from './calls.ts';
import type { Matcher } from './matcher.ts';
import type { CallPattern } from './pattern.ts';
import { partValue } from './pattern-part.ts';
import { isUnsafe, REDACTED } from './same-json.ts';
import { ABSENT } from './tri.ts';

/** Text of the value that a capture of that name must have for a call to match, equal for equal values; null where none is certain. */
export function pinnedKey(pattern: CallPattern, call: Call, name: string): string | null {
  for (const { name: part, matcher } of pattern.parts) {
    const value = pinnedIn(matcher, partValue(call, part), name);
    if (value !== ABSENT) return keyOfValue(value);
  }
  return null;
}

/** Text of a value, equal for values that compare as equal; null where comparing it may be unknown. */
export function keyOfValue(value: unknown): string | null {
  return isKnownInFull(value) ? canonicalJson(value) : null;
}

/** Names whose captures some call may be looked up by. */
export function pinnableNames(pattern: CallPattern): readonly string[] {
  const names = new Set(pattern.parts.flatMap(({ matcher }) => namesIn(matcher)));
  return [...names];
}

function namesIn({ named, shape, all }: Matcher): string[] {
  if (named !== null) return [named];
  return [...(shape?.values ?? []), ...(all ?? [])].flatMap(namesIn);
}

function pinnedIn({ named, shape, all }: Matcher, value: unknown, name: string): unknown {
  if (named === name) return value;
  for (const part of all ?? []) {
    const found = pinnedIn(part, value, name);
    if (found !== ABSENT) return found;
  }
  if (!shape || !isObject(value)) return ABSENT;
  for (const [index, key] of shape.keys.entries()) {
    const inner = Object.hasOwn(value, key) ? value[key] : ABSENT;
    const matcher = shape.values[index];
    const found = matcher ? pinnedIn(matcher, inner, name) : ABSENT;
    if (found !== ABSENT) return found;
  }
  return ABSENT;
}

function isKnownInFull(value: unknown): boolean {
  if (typeof value === 'number') return !isUnsafe(value);
  if (typeof value === 'string') return !value.includes(REDACTED);
  if (typeof value === 'symbol' || value === undefined) return false;
  return typeof value !== 'object' || value === null || Object.values(value).every(isKnownInFull);
}
