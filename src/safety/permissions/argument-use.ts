import { canonicalJson } from '../../json/canonical.ts';
import { sha256Hex } from '../../json/digest.ts';
import { isObject } from '../../json/object.ts';

/** What one argument of a tool was over all calls that gave it. */
export interface ArgumentUse {
  readonly name: string;
  /** Calls that gave it. */
  readonly calls: number;
  /** JSON types of its values, in the order in which they were seen. */
  readonly types: readonly string[];
  /** How many different values it had, at most `MOST_VALUES`. */
  readonly values: number;
  /** The first few of them, as they were given. */
  readonly seen: readonly unknown[];
  /** The smallest and the largest, where every value is a number. */
  readonly range: { readonly min: number; readonly max: number } | null;
}

/** Different values that are told apart; beyond that there are that many or more. */
export const MOST_VALUES = 1000;
/** Values that are kept as they are. */
export const MOST_SEEN = 5;
/** Arguments of one tool that are kept apart. */
const MOST_ARGUMENTS = 200;
const LONGEST_KEY = 200;
const LONGEST_SEEN = 4000;

/** An argument while calls are counted. */
export interface ArgumentCount {
  calls: number;
  readonly types: Set<string>;
  readonly keys: Set<string>;
  readonly seen: unknown[];
  min: number;
  max: number;
}

/** Counts the arguments of one call by name; those that are no map have no names. */
export function countArguments(counts: Map<string, ArgumentCount>, args: unknown): void {
  if (!isObject(args)) return;
  for (const [name, value] of Object.entries(args)) {
    const known = counts.get(name);
    if (!known && counts.size >= MOST_ARGUMENTS) continue;
    const count = known ?? newCount();
    counts.set(name, count);
    addValue(count, value);
  }
}

/** What was counted, by name in the order in which the arguments were first seen. */
export function argumentUses(counts: ReadonlyMap<string, ArgumentCount>): ArgumentUse[] {
  return [...counts].map(([name, { calls, types, keys, seen, min, max }]) => ({
    name,
    calls,
    types: [...types],
    values: keys.size,
    seen,
    range: types.size === 1 && types.has('number') ? { min, max } : null,
  }));
}

function newCount(): ArgumentCount {
  const [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return { calls: 0, types: new Set(), keys: new Set(), seen: [], min, max };
}

function addValue(count: ArgumentCount, value: unknown): void {
  count.calls++;
  count.types.add(typeOf(value));
  if (typeof value === 'number') {
    count.min = Math.min(count.min, value);
    count.max = Math.max(count.max, value);
  }
  if (count.keys.size >= MOST_VALUES) return;
  const text = textOf(value);
  if (text === null) return;
  const key = text.length > LONGEST_KEY ? sha256Hex(text) : text;
  if (count.keys.has(key)) return;
  count.keys.add(key);
  if (count.seen.length < MOST_SEEN)
    count.seen.push(text.length > LONGEST_SEEN ? cut(text) : value);
}

/** A value as canonical JSON; null where it is nested too deeply for that. */
function textOf(value: unknown): string | null {
  try {
    return canonicalJson(value);
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

/** A value that is too long to be kept, as the beginning of its JSON. */
function cut(text: string): string {
  return `${text.slice(0, LONGEST_KEY)}…`;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
