import { canonicalJson } from '../json/canonical.ts';
import { isObject } from '../json/object.ts';
import { pointerOf } from '../json/pointer.ts';
import { showValue } from '../match/show.ts';

/** Where two requests differ first, and in how many values they do in all. */
export interface Difference {
  /** JSON Pointer. */
  readonly at: string;
  readonly was: unknown;
  readonly is: unknown;
  readonly count: number;
}

const DEEPEST = 100;
/** Characters shown of a text, and how many of them before the first that differs. */
const SHOWN = 120;
const BEFORE = 30;

/** Compares a recorded request with one that is made; null where they are equal. Stops counting at `atMost`. */
export function requestDifference(
  was: unknown,
  is: unknown,
  atMost = Number.POSITIVE_INFINITY,
): Difference | null {
  const found: Found = { first: null, count: 0, atMost };
  compare(was, is, [], found);
  return found.first && { ...found.first, count: found.count };
}

/** A difference in words: path, was, is. */
export function differenceWords({ at, was, is }: Difference): string {
  const [before, after] =
    typeof was === 'string' && typeof is === 'string'
      ? excerpts(was, is)
      : [showValue(was, SHOWN), showValue(is, SHOWN)];
  return `${at === '' ? 'as a whole' : at}: was ${before}, is ${after}`;
}

interface Found {
  first: Omit<Difference, 'count'> | null;
  count: number;
  readonly atMost: number;
}

function compare(was: unknown, is: unknown, path: readonly string[], found: Found): void {
  if (found.count >= found.atMost) return;
  const deep = path.length >= DEEPEST;
  const lists = Array.isArray(was) && Array.isArray(is);
  const objects = isObject(was) && isObject(is);
  if (!deep && lists) {
    for (let at = 0; at < Math.max(was.length, is.length); at++) {
      compare(was[at], is[at], [...path, String(at)], found);
      if (found.count >= found.atMost) return;
    }
  } else if (!deep && objects) {
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
      compare(own(was, key), own(is, key), [...path, key], found);
    }
  } else if (!isSame(was, is)) {
    found.first ??= { at: pointerOf(path), was, is };
    found.count += Math.max(leaves(was, 0), leaves(is, 0));
  }
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isSame(was: unknown, is: unknown): boolean {
  if (was === is) return true;
  if (typeof was !== 'object' || typeof is !== 'object') return false;
  return canonicalJson(was) === canonicalJson(is);
}

/** Values in a value, itself where it holds none. */
function leaves(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return 1;
  let sum = 0;
  for (const item of Object.values(value)) sum += leaves(item, depth + 1);
  return Math.max(1, sum);
}

/** Two texts from a little before the first character that differs. */
function excerpts(was: string, is: string): [string, string] {
  let same = 0;
  while (same < was.length && was[same] === is[same]) same++;
  const isShort = Math.max(was.length, is.length) <= SHOWN;
  const from = isShort ? 0 : Math.max(0, same - BEFORE);
  const excerpt = (text: string) => {
    const part = text.slice(from, from + SHOWN);
    const end = from + SHOWN < text.length ? '…' : '';
    return JSON.stringify(`${from > 0 ? '…' : ''}${part}${end}`);
  };
  return [excerpt(was), excerpt(is)];
}
