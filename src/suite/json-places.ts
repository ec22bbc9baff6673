import { changedNumber } from './changed-number.ts';
import type { KeyPath } from './kinds.ts';
import { MAX_DEPTH } from './max-depth.ts';
import type { Span } from './source.ts';

/** Where the parts of a JSON text stand. */
export interface JsonPlaces {
  span: Span;
  /** Of an object: where each key stands, and what is under it. */
  entries?: Map<string, { key: Span; value: JsonPlaces }>;
  /** Of an array. */
  items?: JsonPlaces[];
}

/** Something in a JSON text that is lost or changed when it is parsed. */
export interface JsonTrap {
  path: KeyPath;
  span: Span;
  message: string;
}

/** Maps the places of a text that `JSON.parse` accepts, finding duplicate keys, lossy numbers and too deep nesting. */
export function jsonPlaces(text: string): { root: JsonPlaces; traps: JsonTrap[] } {
  const scan: Scan = { text, at: 0, path: [], traps: [] };
  return { root: readValue(scan), traps: scan.traps };
}

/** Where the value at a path stands, or its key; the nearest parent where there is none. */
export function locateJson(root: JsonPlaces, path: KeyPath, on: 'value' | 'key'): Span {
  let places = root;
  for (const [depth, step] of path.entries()) {
    const entry = places.entries?.get(String(step));
    const next = entry?.value ?? places.items?.[Number(step)];
    if (!next) return headOf(places);
    if (entry && on === 'key' && depth === path.length - 1) return entry.key;
    places = next;
  }
  return headOf(places);
}

function headOf({ span, entries, items }: JsonPlaces): Span {
  return entries || items ? { start: span.start, end: span.start + 1 } : span;
}

interface Scan {
  readonly text: string;
  at: number;
  readonly path: (string | number)[];
  readonly traps: JsonTrap[];
}

function readValue(scan: Scan): JsonPlaces {
  skipSpace(scan);
  const start = scan.at;
  const first = scan.text[start];
  if (first === '{' || first === '[') {
    if (scan.path.length < MAX_DEPTH) return first === '{' ? readObject(scan) : readArray(scan);
    trap(scan, { start, end: start + 1 }, `Nested deeper than ${MAX_DEPTH} levels`);
    scan.at = scan.text.length;
  } else if (first === '"') {
    skipString(scan);
  } else {
    skipWord(scan);
    checkNumber(scan, { start, end: scan.at });
  }
  return { span: { start, end: scan.at } };
}

function readObject(scan: Scan): JsonPlaces {
  const start = scan.at++;
  const entries: JsonPlaces['entries'] & object = new Map();
  for (skipSpace(scan); isInside(scan, '}'); skipSpace(scan)) {
    const from = scan.at;
    skipString(scan);
    const key = { start: from, end: scan.at };
    const name = JSON.parse(scan.text.slice(key.start, key.end)) as string; // a text in quotes
    scan.path.push(name);
    if (entries.has(name)) trap(scan, key, `Key ${JSON.stringify(name)} is written twice`);
    skipSpace(scan);
    scan.at++; // the colon
    entries.set(name, { key, value: readValue(scan) });
    scan.path.pop();
    skipComma(scan);
  }
  scan.at++;
  return { span: { start, end: scan.at }, entries };
}

function readArray(scan: Scan): JsonPlaces {
  const start = scan.at++;
  const items: JsonPlaces[] = [];
  for (skipSpace(scan); isInside(scan, ']'); skipSpace(scan)) {
    scan.path.push(items.length);
    items.push(readValue(scan));
    scan.path.pop();
    skipComma(scan);
  }
  scan.at++;
  return { span: { start, end: scan.at }, items };
}

function checkNumber(scan: Scan, span: Span): void {
  const source = scan.text.slice(span.start, span.end);
  const value = Number(source);
  if (!Number.isFinite(value)) {
    // null, true and false are no numbers
    if (/^-?\d/.test(source)) {
      const mend = `write "${source}" if text is meant`;
      trap(scan, span, `${source} is no number that can be kept; ${mend}`);
    }
    return;
  }
  const changed = changedNumber(source, value);
  if (changed) trap(scan, span, `${source} ${changed}; write "${source}"`);
}

function trap(scan: Scan, span: Span, message: string): void {
  scan.traps.push({ path: [...scan.path], span, message });
}

function isInside({ text, at }: Scan, end: string): boolean {
  return at < text.length && text[at] !== end;
}

function skipSpace(scan: Scan): void {
  while (' \t\r\n'.includes(scan.text[scan.at] ?? '.')) scan.at++;
}

function skipComma(scan: Scan): void {
  skipSpace(scan);
  if (scan.text[scan.at] === ',') scan.at++;
}

function skipString(scan: Scan): void {
  let end = scan.at;
  do {
    end = scan.text.indexOf('"', end + 1);
  } while (end !== -1 && isEscaped(scan.text, end));
  scan.at = end === -1 ? scan.text.length : end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

function skipWord(scan: Scan): void {
  while (scan.at < scan.text.length && !',]} \t\r\n'.includes(scan.text[scan.at] ?? '')) scan.at++;
}
