import { canonicalJson } from '../json/canonical.ts';
import { isObject } from '../json/object.ts';
import { sameJson } from '../match/same-json.ts';
import { cut, showValue } from '../match/show.ts';
import { UNKNOWN } from '../match/tri.ts';
import type { Difference } from '../model/alignment.ts';

/** The places where two values differ, the first of many, and how many were left out. */
export interface Found {
  readonly differences: Difference[];
  omitted: number;
}

const MOST_DIFFERENCES = 50;
/** How deep values are looked into; what stands deeper is one place. */
const DEEPEST = 64;
/** Characters of JSON from which on a value is told in words. */
const LONGEST_VALUE = 500;
/** Characters of a text that are kept, and those of them before it parts from the other. */
const LONGEST_TEXT = 96;
const BEFORE = 32;

/** Adds each leaf in which head's value departs from base's; `undefined` stands for no value. */
export function addDifferences(found: Found, base: unknown, head: unknown, path = ''): void {
  walk(base, head, path, 0, found);
}

/** Canonical JSON of a value, null where it is nested too deeply to be written. */
export function canonicalOrNull(value: unknown): string | null {
  try {
    return canonicalJson(value ?? null);
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

function walk(base: unknown, head: unknown, path: string, depth: number, found: Found): void {
  if (depth < DEEPEST && Array.isArray(base) && Array.isArray(head)) {
    const length = Math.max(base.length, head.length);
    for (let at = 0; at < length; at++) {
      walk(base[at], head[at], `${path}[${at}]`, depth + 1, found);
    }
  } else if (depth < DEEPEST && isObject(base) && isObject(head)) {
    for (const key of Object.keys(base)) {
      walk(base[key], own(head, key), joined(path, key), depth + 1, found);
    }
    for (const key of Object.keys(head)) {
      if (!Object.hasOwn(base, key)) {
        walk(undefined, head[key], joined(path, key), depth + 1, found);
      }
    }
  } else addLeaf(base, head, path, found);
}

function addLeaf(base: unknown, head: unknown, path: string, found: Found): void {
  if (base === head) return;
  const known = base !== undefined && head !== undefined;
  const text = known ? canonicalOrNull(base) : null;
  if (text !== null && text === canonicalOrNull(head)) return;
  if (found.differences.length >= MOST_DIFFERENCES) {
    found.omitted++;
    return;
  }
  const texts = typeof base === 'string' && typeof head === 'string';
  const [was, is] = texts ? parted(base, head) : [base, head];
  if (base === undefined) found.differences.push({ path, kind: 'missing', wanted: showValue(is) });
  else if (head === undefined) {
    found.differences.push({ path, kind: 'unexpected', was: bounded(was) });
  } else {
    const kind = text === null || sameJson(base, head) === UNKNOWN ? 'unknown' : 'differs';
    found.differences.push({ path, kind, was: bounded(was), wanted: showValue(is) });
  }
}

/** A value that is short, else words for it. */
function bounded(value: unknown): unknown {
  if (typeof value === 'string') return cut(value, 2 * LONGEST_TEXT);
  if (typeof value !== 'object' || value === null) return value;
  return (canonicalOrNull(value)?.length ?? LONGEST_VALUE) < LONGEST_VALUE
    ? value
    : showValue(value);
}

/** Two texts, each cut around the first character in which they differ where one is long. */
function parted(base: string, head: string): [string, string] {
  if (Math.max(base.length, head.length) <= LONGEST_TEXT) return [base, head];
  let same = 0;
  while (same < base.length && base.charCodeAt(same) === head.charCodeAt(same)) same++;
  const start = Math.max(0, same - BEFORE);
  const cut = (text: string) =>
    (start > 0 ? '…' : '') +
    text.slice(start, start + LONGEST_TEXT) +
    (text.length > start + LONGEST_TEXT ? '…' : '');
  return [cut(base), cut(head)];
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function joined(path: string, key: string): string {
  const name = /^[\w$-]+$/.test(key) ? key : JSON.stringify(key);
  return path === '' ? name : `${path}.${name}`;
}
