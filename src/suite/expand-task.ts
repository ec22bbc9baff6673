import { isObject } from '../json/object.ts';
import { nearestName } from '../match/nearest-name.ts';
import { placeholderIn } from '../match/placeholder.ts';
import type { Fault } from '../model/suite.ts';
import type { KeyPath } from './kinds.ts';
import { type ValueAt, validate } from './schema-faults.ts';
import { someOf, suggestion } from './schema-message.ts';
import { setOwn } from './set-own.ts';
import { faultAt } from './source.ts';
import { forEachSchema } from './task-schema.ts';

/** The most values that one `for_each` may make, and the most characters, as many as a file may hold. */
const MAX_MADE = 10_000_000;
const MAX_TEXT = 16 * 1024 * 1024;
const MEND = 'write the tasks as JSONL: tasks: { from: ./tasks.jsonl }';
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

type Entry = Readonly<Record<string, unknown>>;

/** What a task as written stands for: itself, or one task for each entry of its `for_each`. */
export interface Expansion {
  tasks: unknown[];
  /** Whether they were made by `for_each`. */
  made: boolean;
  faults: Fault[];
  /** Paths at which nothing could be put in. */
  trapped: KeyPath[];
}

/** Makes the tasks that a task as written stands for, in one pass: what was put in is not read again. */
export function expandTask(written: unknown, at: ValueAt): Expansion {
  if (!isObject(written) || !Object.hasOwn(written, 'for_each')) {
    return { tasks: [written], made: false, faults: [], trapped: [] };
  }
  const { for_each: entries, ...template } = written;
  const place = { ...at, path: [...at.path, 'for_each'] };
  const { faults } = validate(forEachSchema, entries, place);
  if (faults.length > 0 || !Array.isArray(entries))
    return { tasks: [], made: true, faults, trapped: [] };
  if (sizeOf(template) * entries.length > MAX_MADE) {
    return tooMuch(place, '10 million values');
  }
  const filling: Filling = {
    at,
    entries: entries as Entry[],
    names: new Set(entries.flatMap((entry: Entry) => Object.keys(entry))),
    lacking: new Set(),
    faults: [],
    trapped: [],
    told: new Set(),
    values: 0,
    text: 0,
  };
  const tasks: unknown[] = [];
  for (const entry of entries as Entry[]) {
    tasks.push(fill(template, entry, [], filling));
    if (filling.values > MAX_MADE) return tooMuch(place, '10 million values');
    if (filling.text > MAX_TEXT) return tooMuch(place, '16 MiB of text');
  }
  return { tasks, made: true, faults: filling.faults, trapped: filling.trapped };
}

function tooMuch({ source, path }: ValueAt, what: string): Expansion {
  const message = `for_each makes more than ${what}; ${MEND}`;
  return { tasks: [], made: true, faults: [faultAt(source, path, message)], trapped: [] };
}

interface Filling {
  readonly at: ValueAt;
  readonly entries: readonly Entry[];
  /** Every name that some entry defines. */
  readonly names: ReadonlySet<string>;
  /** Names that some entry does not define, once that was told. */
  readonly lacking: Set<string>;
  readonly faults: Fault[];
  readonly trapped: KeyPath[];
  /** Faults that were told: each once, however many entries lead to it. */
  readonly told: Set<string>;
  /** Values that were put in as they are, with what they hold. */
  values: number;
  /** Characters of the texts that something was put into. */
  text: number;
}

/** A copy of the value with every placeholder replaced; parts without any are shared. */
function fill(value: unknown, entry: Entry, path: KeyPath, filling: Filling): unknown {
  if (filling.text > MAX_TEXT || filling.values > MAX_MADE) return value; // it will not be used
  if (typeof value === 'string') {
    return value.includes('{{') ? fillText(value, entry, path, filling) : value;
  }
  if (Array.isArray(value)) {
    const items = value.map((item, index) => fill(item, entry, [...path, index], filling));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const map: Record<string, unknown> = {};
  let changed = false;
  for (const [key, item] of Object.entries(value)) {
    const written = placeholderIn(key);
    if (written !== null) {
      tell([...path, key], `${written} is not replaced in a key, only in values`, filling, 'key');
    }
    const filled = fill(item, entry, [...path, key], filling);
    changed ||= filled !== item;
    setOwn(map, key, filled);
  }
  return changed ? map : value;
}

function fillText(text: string, entry: Entry, path: KeyPath, filling: Filling): unknown {
  const whole = /^\{\{([^{}]*)\}\}$/.exec(text);
  if (whole) {
    const value = entryValue(whole[1] ?? '', entry, path, filling);
    filling.values += sizeOf(value);
    return value;
  }
  // a text that gets shorter takes as long to read
  filling.text += Math.max(text.length, filledLength(text, entry));
  if (filling.text > MAX_TEXT) return text; // may be more than a text can hold
  return text.replace(PLACEHOLDER, (written, name: string) => {
    const value = entryValue(name, entry, path, filling);
    if (value === undefined) return written;
    if (typeof value !== 'object') return String(value);
    const kind = value === null ? 'null' : Array.isArray(value) ? 'a list' : 'a map';
    tell(path, `${written} is ${kind}, which cannot stand inside a text`, filling);
    return written;
  });
}

function filledLength(text: string, entry: Entry): number {
  let length = text.length;
  for (const [written, name = ''] of text.matchAll(PLACEHOLDER)) {
    const value = entry[name.trim()];
    if (typeof value === 'string') length += value.length - written.length;
  }
  return length;
}

function entryValue(written: string, entry: Entry, path: KeyPath, filling: Filling): unknown {
  const name = written.trim();
  if (Object.hasOwn(entry, name)) return entry[name];
  const known = Object.keys(entry);
  if (filling.names.has(name)) {
    if (filling.lacking.has(name)) return undefined;
    filling.lacking.add(name);
    const number = filling.entries.indexOf(entry) + 1;
    tell(path, `{{${written}}} is not defined by entry ${number} of for_each`, filling);
    return undefined;
  }
  const near = nearestName(name, known);
  const names = known.length > 0 ? `its entries have ${someOf(known)}` : 'an entry is empty';
  const mend = near === null ? names : suggestion(near);
  tell(path, `{{${written}}} is not defined by for_each, ${mend}`, filling);
  return undefined;
}

function tell(
  inner: KeyPath,
  message: string,
  { at, faults, trapped, told }: Filling,
  on: 'value' | 'key' = 'value',
): void {
  const path = [...at.path, ...inner];
  const key = `${path.join('.')} ${message}`;
  if (told.has(key)) return;
  told.add(key);
  trapped.push(path);
  faults.push(faultAt(at.source, path, message, { on }));
}

function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  let size = 1;
  for (const inner of Object.values(value)) size += sizeOf(inner);
  return size;
}
