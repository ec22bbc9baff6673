import type { Fault, Place } from '../model/suite.ts';
import { codeFrame } from './code-frame.ts';
import type { KeyPath } from './kinds.ts';

/** A part of a text, as offsets in code units. */
export interface Span {
  start: number;
  end: number;
}

/** Text that was written by a user, with the way from key paths to places in it. */
export interface Source {
  /** Absolute path of the file. */
  readonly file: string;
  /** The text: of the file, or of one line of it. */
  readonly text: string;
  /** Number of the first line of `text` in the file. */
  readonly firstLine: number;
  /** Where the value at a path stands, or its key; the nearest parent where there is none. */
  locate(path: KeyPath, on: 'value' | 'key'): Span;
  /** Offsets at which the lines of `text` begin. */
  readonly lineStarts: () => readonly number[];
  /** Asks for one more frame for a fault of that severity; false once there are more than anybody reads. */
  readonly mayFrame: (severity: Fault['severity']) => boolean;
}

/** The longest line of which characters are counted, not code units: it may have many faults. */
const LONG_LINE = 2000;
const PAIR = /[\u{10000}-\u{10FFFF}]/gu;

/** The most faults of a source that are shown with their lines. */
const MOST_FRAMES = 2000;

/** What a fault says beside its message. */
export interface FaultOptions {
  severity?: Fault['severity'];
  /** Whether the key itself is at fault, or what stands under it. */
  on?: 'value' | 'key';
  /** The place, where it is known better than by its path. */
  span?: Span;
}

/** Makes a source; the beginnings of its lines are looked for once, when a place is asked for. */
export function makeSource(
  file: string,
  text: string,
  locate: Source['locate'],
  firstLine = 1,
): Source {
  let starts: number[] | undefined;
  const frames = { error: 0, warning: 0 };
  return {
    file,
    text,
    firstLine,
    locate,
    lineStarts: () => {
      starts ??= findLineStarts(text);
      return starts;
    },
    mayFrame: (severity) => ++frames[severity] <= MOST_FRAMES,
  };
}

/** A source in which every path is at the beginning, for files that could not be read. */
export function emptySource(file: string): Source {
  return makeSource(file, '', () => ({ start: 0, end: 0 }));
}

/** Pins a message to a place in a source. */
export function faultAt(
  source: Source,
  path: KeyPath,
  message: string,
  { severity = 'error', on = 'value', span = source.locate(path, on) }: FaultOptions = {},
): Fault {
  const place = placeAt(source, span.start);
  const fault: Fault = { ...place, severity, path: path.join('.'), message };
  if (!source.mayFrame(severity)) return fault;
  const { row, column } = positionOf(source, span.start);
  const line = lineAt(source, row);
  if (/\S/.test(line)) {
    const above = row > 0 ? lineAt(source, row - 1) : null;
    fault.frame = codeFrame(above, line, column, span.end - span.start);
  }
  return fault;
}

/** The place at which the value under a path begins. */
export function placeOf(source: Source, path: KeyPath): Place {
  return placeAt(source, source.locate(path, 'value').start);
}

/** The place of an offset; its column counts characters, where the line is not too long for that. */
function placeAt(source: Source, offset: number): Place {
  const { row, column } = positionOf(source, offset);
  const before = column > LONG_LINE ? '' : source.text.slice(offset - column + 1, offset);
  const doubled = before.match(PAIR)?.length ?? 0;
  return { file: source.file, line: source.firstLine + row, column: column - doubled };
}

/** Number of the line that holds an offset. */
export function lineNumber(source: Source, offset: number): number {
  return source.firstLine + positionOf(source, offset).row;
}

function positionOf(source: Source, offset: number): { row: number; column: number } {
  const starts = source.lineStarts();
  const row = rowOf(starts, offset);
  return { row, column: offset - (starts[row] ?? 0) + 1 };
}

function lineAt(source: Source, row: number): string {
  const { text } = source;
  const starts = source.lineStarts();
  const next = starts[row + 1];
  // only the end is looked at, as a long line may have many faults
  let end = next === undefined ? text.length : next - 1;
  if (text[end - 1] === '\r') end--;
  return text.slice(starts[row], end);
}

function rowOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
