import { isUtf8 } from 'node:buffer';
import { messageOf } from '../errors.ts';
import { type Line, readLines } from '../io/line-reader.ts';
import type { Fault } from '../model/suite.ts';

/** A line that was parsed, or why it cannot be. */
export type ParsedLine = { readonly line: number } & (
  | { readonly value: unknown }
  | { readonly fault: string }
);

/** Parses a file of JSON lines one by one; blank lines are left out, and a last line that was cut off. Throws `input_fault` or `disk_fault`. */
export async function* jsonLines(file: string): AsyncGenerator<ParsedLine> {
  for await (const lines of readLines(file)) {
    for (const line of lines) {
      const parsed = line.blank ? null : parse(line);
      if (parsed) yield { line: line.number, ...parsed };
    }
  }
}

function parse({ buffer, torn }: Line): { value: unknown } | { fault: string } | null {
  if (buffer === null) return { fault: 'The line is longer than 64 MiB' };
  if (!isUtf8(buffer)) return { fault: 'The line is not UTF-8' };
  try {
    return { value: JSON.parse(buffer.toString('utf8')) };
  } catch (thrown) {
    return torn ? null : { fault: `The line is not JSON: ${messageOf(thrown)}` };
  }
}

/** A fault of one line of a file of labels. */
export function lineFault(file: string, line: number, message: string): Fault {
  return { severity: 'error', file, line, column: 1, path: '', message };
}
