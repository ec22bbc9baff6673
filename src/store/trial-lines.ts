import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { messageOf } from '../errors.ts';
import { codeOf, readFault } from '../io/disk-fault.ts';
import { type Line, readLines } from '../io/line-reader.ts';
import { isObject } from '../json/object.ts';
import { storeFault } from './store-fault.ts';

/** One line of `trials.jsonl`, parsed but not held against its schema. */
export interface TrialLine {
  readonly id: string;
  readonly value: Record<string, unknown>;
  readonly number: number;
  readonly offset: number;
  readonly bytes: number;
}

/** Names a line of a file for messages. */
export function placeOf(file: string, line: { number: number; offset: number }): string {
  return `"${file}" line ${line.number} (byte ${line.offset})`;
}

/** Reads the results of a run in the order in which they were written; a last line that is torn is left out. Throws `store_fault`, with line and byte, for any other that is broken. */
export async function* trialLines(file: string): AsyncGenerator<TrialLine[]> {
  if ((await sizeOf(file)) === 0) return;
  for await (const lines of readLines(file)) {
    const found = [];
    for (const line of lines) {
      const parsed = parseLine(file, line);
      if (parsed !== null) found.push(parsed);
    }
    if (found.length > 0) yield found;
  }
}

/** Length of a file in bytes, 0 where it is not there. */
export async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return 0;
    throw readFault(file, thrown);
  }
}

function parseLine(file: string, line: Line): TrialLine | null {
  const { buffer, number, offset, bytes } = line;
  try {
    const value = parseResult(buffer);
    return { id: String(value['id']), value, number, offset, bytes };
  } catch (thrown) {
    if (line.torn) return null;
    throw storeFault(placeOf(file, line), `it is broken, ${messageOf(thrown)}`, thrown);
  }
}

function parseResult(buffer: Buffer | null): Record<string, unknown> {
  if (buffer === null) throw new Error('it is too long');
  if (!isUtf8(buffer)) throw new Error('it is not UTF-8');
  const value: unknown = JSON.parse(buffer.toString('utf8'));
  if (!isObject(value) || typeof value['id'] !== 'string') throw new Error('it names no trial');
  return value;
}
