import { canonicalJson } from '../../json/canonical.ts';
import { isObject } from '../../json/object.ts';
import { hasUnknown } from '../../match/same-json.ts';
import { plainText } from '../flow/plain-text.ts';

/** A value made ready to be compared with many others. */
export type Profile =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Profile> }
  | {
      readonly kind: 'leaf';
      /** A number, or a text that writes one out; null else. */
      readonly number: number | null;
      readonly isNumber: boolean;
      /** Folded. */
      readonly text: string;
      /** How often each pair of neighbouring characters stands in the text. */
      readonly pairs: ReadonlyMap<string, number>;
    };

const NUMBER = /^[+-]?\d{1,15}(\.\d{1,15})?$/;
const DEEPEST = 64;

/** Makes a value ready: maps key by key, everything else as a number or as text. */
export function profileOf(value: unknown, depth = 0): Profile {
  if (typeof value === 'symbol') return { kind: 'unknown' };
  if (isObject(value) && depth < DEEPEST) {
    const entries = Object.entries(value).map(
      ([key, inner]) => [key, profileOf(inner, depth + 1)] as const,
    );
    return { kind: 'map', entries: new Map(entries) };
  }
  if (hasUnknown(value)) return { kind: 'unknown' };
  const text = foldedText(typeof value === 'string' ? value : canonicalJson(value));
  const number = NUMBER.test(text) ? Number(text) : null;
  const isNumber = typeof value === 'number';
  return { kind: 'leaf', number: isNumber ? value : number, isNumber, text, pairs: pairsOf(text) };
}

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at++) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** A text as people see it, without case and white space. */
function foldedText(text: string): string {
  return plainText(text).toLowerCase().replace(/\s+/gu, '');
}
