import { isObject } from '../json/object.ts';

/** Replaces secrets in text. */
export type Redact = (text: string) => string;

/** A copy of a JSON value with every text in it, keys too, redacted; the value itself where there is nothing to redact with. */
export function redactedCopy(value: unknown, redact: Redact | undefined): unknown {
  if (!redact) return value;
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactedCopy(item, redact));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    redact(key),
    redactedCopy(item, redact),
  ]);
  return Object.fromEntries(entries);
}
