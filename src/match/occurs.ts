import { isUnsafe, REDACTED } from './same-json.ts';
import { NO, type Tri, UNKNOWN, YES } from './tri.ts';

/** Texts and numbers that a value holds, keys of objects included. */
export interface Leaves {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

/** Collects the leaves of a JSON value; iterative, since results can be nested deeply. */
export function leavesOf(value: unknown): Leaves {
  const texts: string[] = [];
  const numbers: number[] = [];
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') texts.push(next);
    else if (typeof next === 'number') numbers.push(next);
    else if (Array.isArray(next)) for (const item of next) open.push(item);
    else if (typeof next === 'object' && next !== null) {
      for (const [key, item] of Object.entries(next)) {
        texts.push(key);
        open.push(item);
      }
    }
  }
  return { texts, numbers };
}

/** Tells whether every leaf of a value occurs in some of the sources; booleans and null cannot be told. */
export function occurs(value: unknown, sources: readonly Leaves[]): Tri {
  if (typeof value === 'string') return textOccurs(value, sources);
  if (typeof value === 'number') return numberOccurs(value, sources);
  if (typeof value !== 'object' || value === null) return UNKNOWN;
  let answer: Tri = YES;
  for (const item of Object.values(value)) {
    const one = occurs(item, sources);
    if (one < answer) answer = one;
    if (answer === NO) return NO;
  }
  return answer;
}

function textOccurs(text: string, sources: readonly Leaves[]): Tri {
  let redacted = text.includes(REDACTED);
  for (const { texts, numbers } of sources) {
    for (const one of texts) {
      if (one === text || hasToken(one, text)) return YES;
      redacted ||= one.includes(REDACTED);
    }
    if (numbers.some((number) => String(number) === text)) return YES;
  }
  return redacted ? UNKNOWN : NO;
}

function numberOccurs(number: number, sources: readonly Leaves[]): Tri {
  if (isUnsafe(number)) return UNKNOWN;
  for (const { texts, numbers } of sources) {
    if (numbers.includes(number) || texts.some((text) => hasNumber(text, number))) return YES;
  }
  return NO;
}

/** Tells whether a text stands in another one between characters that are neither letters nor digits. */
function hasToken(whole: string, part: string): boolean {
  if (part === '') return false;
  for (let at = whole.indexOf(part); at !== -1; at = whole.indexOf(part, at + 1)) {
    if (isEdge(whole, at, part, 0) && isEdge(whole, at + part.length, part, part.length))
      return true;
  }
  return false;
}

const WORD = /[\p{L}\p{N}_]/u;

/** A boundary at `at` of the whole: the characters on its two sides are not both parts of a word. */
function isEdge(whole: string, at: number, part: string, side: number): boolean {
  const inside = side === 0 ? firstOf(part) : lastOf(part);
  const outside =
    side === 0 ? lastOf(whole.slice(Math.max(0, at - 2), at)) : firstOf(whole.slice(at, at + 2));
  return outside === '' || !WORD.test(outside) || !WORD.test(inside);
}

function firstOf(text: string): string {
  const code = text.codePointAt(0);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function lastOf(text: string): string {
  const low = text.charCodeAt(text.length - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(-2) : text.slice(-1);
}

const NUMBER = /\d+(?:,\d{3})*(?:\.\d+)?/g;

/** Tells whether a text names a number, thousands set apart by commas or not. */
function hasNumber(text: string, number: number): boolean {
  for (const found of text.matchAll(NUMBER)) {
    const start = found.index;
    const before = lastOf(text.slice(Math.max(0, start - 2), start));
    const after = firstOf(text.slice(start + found[0].length, start + found[0].length + 2));
    if (WORD.test(before) || WORD.test(after)) continue;
    const size = Number(found[0].replaceAll(',', ''));
    if (number === size || (before === '-' && number === -size)) return true;
  }
  return false;
}
