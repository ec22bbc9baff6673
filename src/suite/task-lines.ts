import { isUtf8 } from 'node:buffer';
import { type Line, readLines } from '../io/line-reader.ts';
import { loadEnginesFor } from '../match/engines.ts';
import type { Fault } from '../model/suite.ts';
import { jsonFault } from './json-fault.ts';
import { jsonPlaces, locateJson } from './json-places.ts';
import { MAX_DEPTH } from './max-depth.ts';
import type { Part } from './part-loading.ts';
import { MAX_BYTES } from './read-source.ts';
import { emptySource, faultAt, makeSource, type Source, type Span } from './source.ts';

/** A task as it stands in one line, or why the line cannot be read, with what is odd about it. */
export interface TaskLine {
  part: Part | null;
  faults: Fault[];
}

/** Reads tasks from JSONL, one at a time, so that no more of the file than a line is held. */
export async function* taskLines(file: string): AsyncGenerator<TaskLine> {
  for await (const lines of readLines(file, { maxBytes: MAX_BYTES })) {
    for (const line of lines) {
      if (!line.blank) yield await readLine(file, line);
    }
  }
}

async function readLine(file: string, { buffer, number }: Line): Promise<TaskLine> {
  if (buffer === null) return unreadable(file, number, 'The line is longer than 16 MiB');
  if (!isUtf8(buffer)) return unreadable(file, number, 'The line is not UTF-8');
  const text = buffer.toString('utf8');
  const value = parse(text);
  if (value === undefined) {
    const { message, span } = jsonFault(text);
    return unreadable(file, number, `The line is not JSON: ${message}`, text, span);
  }
  await loadEnginesFor(text, value);
  const places = placesOf(text);
  const start = text.search(/\S/);
  const locate: Source['locate'] = (path, on) =>
    path.length === 0 ? { start, end: start + 1 } : locateJson(places().root, path, on);
  const source = makeSource(file, text, locate, number);
  const traps = isCompact(text, value) ? [] : places().traps;
  const faults = traps.map(({ path, span, message }) => faultAt(source, path, message, { span }));
  const trapped = traps.map(({ path }) => path);
  return { part: { value, at: { source, path: [], trapped } }, faults };
}

/** Maps the places of a text when they are first asked for. */
function placesOf(text: string): () => ReturnType<typeof jsonPlaces> {
  let places: ReturnType<typeof jsonPlaces> | undefined;
  return () => {
    places ??= jsonPlaces(text);
    return places;
  };
}

/** Tells whether nothing can have been lost when a text was parsed, as it is what its value is written as. */
function isCompact(text: string, value: unknown): boolean {
  return isKept(value, MAX_DEPTH) && JSON.stringify(value) === text;
}

/** Whether a value is no deeper than so many levels and its numbers are those that were written. */
function isKept(value: unknown, levels: number): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isKept(inner, levels - 1));
}

function unreadable(
  file: string,
  number: number,
  message: string,
  text = '',
  span: Span = { start: 0, end: 1 },
): TaskLine {
  const nowhere = () => span;
  const source =
    text === ''
      ? { ...emptySource(file), firstLine: number }
      : makeSource(file, text, nowhere, number);
  return { part: null, faults: [faultAt(source, [], message)] };
}

/** The value of a line, undefined where it is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
