import { isUnsafe } from './same-json.ts';
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

/** Tells where single texts and numbers occur. */
export interface LeafLookup {
  text(text: string): Tri;
  number(number: number): Tri;
}

/** Tells whether every leaf of a value occurs; booleans and null cannot be told. */
export function occurs(value: unknown, lookup: LeafLookup): Tri {
  if (typeof value === 'string') return lookup.text(value);
  if (typeof value === 'number') return isUnsafe(value) ? UNKNOWN : lookup.number(value);
  if (typeof value !== 'object' || value === null) return UNKNOWN;
  let answer: Tri = YES;
  for (const item of Object.values(value)) {
    const one = occurs(item, lookup);
    if (one < answer) answer = one;
    if (answer === NO) return NO;
  }
  return answer;
}

/** Tells whether a text stands in another one between characters that are neither letters nor digits. */
export function hasToken(whole: string, part: string): boolean {
  if (part === '') return false;
  for (let at = whole.indexOf(part); at !== -1; at = whole.indexOf(part, at + 1)) {
    if (isEdge(whole, at, part, 0) && isEdge(whole, at + part.length, part, part.length))
      return true;
  }
  return false;
}

const WORD = /[\p{L}\p{N}_]/u;
const WORDS = /[\p{L}\p{N}_]+/gu;
const HALF = /\p{Surrogate}/u;

/** Words of a text: wherever it stands as a token in another one, they are words there too. */
export function wordsIn(text: string): readonly string[] {
  return text.match(WORDS) ?? [];
}

/** Whether a text is cut within a character: its words may then be parts of words elsewhere. */
export function isCut(text: string): boolean {
  return HALF.test(text);
}

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

/** Numbers that a text names, thousands set apart by commas or not; with a minus before it a number is named with and without. */
export function numbersIn(text: string): number[] {
  const named: number[] = [];
  for (const found of text.matchAll(NUMBER)) {
    const start = found.index;
    const before = lastOf(text.slice(Math.max(0, start - 2), start));
    const after = firstOf(text.slice(start + found[0].length, start + found[0].length + 2));
    if (WORD.test(before) || WORD.test(after)) continue;
    const size = Number(found[0].replaceAll(',', ''));
    named.push(size);
    if (before === '-') named.push(-size);
  }
  return named;
}
