import { isObject } from '../../json/object.ts';
import { literally } from '../trajectory-to-suite.ts';
import { bfclForm, textMatcher } from './bfcl-text.ts';

type Kind = 'text' | 'number' | 'boolean' | 'list' | 'map' | 'null';

/** What the schema of a function says of an argument. */
export interface Declared {
  readonly type?: string | undefined;
  readonly items?: unknown;
}

/** What no value meets. */
export const NEVER: unknown = { $in: [] };

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['string', 'text'],
  ['any', 'text'], // so BFCL has it
  ['integer', 'number'],
  ['float', 'number'],
  ['boolean', 'boolean'],
  ['array', 'list'],
  ['tuple', 'list'],
  ['dict', 'map'],
]);

/** A matcher of one argument as BFCL checks it; null for a type that it does not know. */
export function argumentMatcher(
  declared: Declared,
  required: boolean,
  accepted: readonly unknown[],
): unknown {
  const kind = KINDS.get(declared.type ?? '');
  if (kind === undefined) return null;
  const mayBeAbsent = !required && accepted.includes('');
  const first = accepted.find((value) => value !== '');
  const answered = first === undefined ? kind : kindOf(first);
  const values = accepted.filter((value) => [kind, answered].includes(kindOf(value)));
  // A value of another type than the declared one stands for a variable, and is compared as it is
  const matchers = kind === answered ? values.flatMap(normalised(declared)) : values.map(literally);
  // BFCL takes its mark for an argument that may be left out, an empty text, for a list of nothing
  const isList = kind === 'list' && answered === 'list' && !holdsMaps(declared);
  if (isList && accepted.includes('')) matchers.push([]);
  return orAbsent(matchers, mayBeAbsent);
}

function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'object') return 'map';
  return typeof value === 'boolean' ? 'boolean' : 'number';
}

function holdsMaps({ items }: Declared): boolean {
  return isObject(items) && items['type'] === 'dict';
}

function normalised(declared: Declared): (value: unknown) => unknown[] {
  const ofMaps = holdsMaps(declared);
  return (value) => {
    if (typeof value === 'string') return [textMatcher(value)];
    if (isObject(value)) return [mapMatcher(value)];
    if (!Array.isArray(value)) return [literally(value)];
    if (ofMaps) return value.every(isObject) ? [value.map(mapMatcher)] : [];
    return [value.map(leafMatcher)];
  };
}

/** Texts are compared without what BFCL leaves out; anything else as it is. */
function leafMatcher(value: unknown): unknown {
  return typeof value === 'string' ? textMatcher(value) : literally(value);
}

/** Each key has acceptable values of its own. */
function mapMatcher(map: Record<string, unknown>): unknown {
  const entries = Object.entries(map).map(([key, accepted]): [string, unknown] => {
    const values: unknown[] = Array.isArray(accepted) ? accepted : [accepted];
    return [key, orAbsent(values.map(leafMatcher), values.includes(''))];
  });
  return Object.fromEntries(entries);
}

/** One of several matchers; what says the same is said once. */
function orAbsent(matchers: readonly unknown[], mayBeAbsent: boolean): unknown {
  const told = new Map<string, unknown>();
  for (const matcher of matchers) {
    if (!told.has(sameAs(matcher))) told.set(sameAs(matcher), matcher);
  }
  const [first, ...others] = told.values();
  if (first === undefined) return mayBeAbsent ? { $exists: false } : NEVER;
  const all = [first, ...others];
  const one = others.length === 0 ? first : anyOf(all);
  return mayBeAbsent ? { $optional: one } : one;
}

function sameAs(matcher: unknown): string {
  const text = isObject(matcher) ? matcher['$text'] : undefined;
  return typeof text === 'string' ? `text ${bfclForm(text)}` : JSON.stringify(matcher);
}

function anyOf(matchers: readonly unknown[]): unknown {
  const isPlain = matchers.every((matcher) => typeof matcher !== 'object' || matcher === null);
  return isPlain ? { $in: matchers } : { $or: matchers };
}
