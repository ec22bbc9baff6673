import { fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { codeOf, readFault, writeFault } from '../io/disk-fault.ts';
import type { JudgementLines, LocatedJudgement } from './read-judgements.ts';

/** Where a line stands in a file, without its line break. */
type Place = Pick<LocatedJudgement, 'offset' | 'bytes'>;

/** Opens a file for reading, null where there is none. Throws `input_fault` or `disk_fault`. */
export function openIfAny(file: string): number | null {
  try {
    return openSync(file, 'r');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw readFault(file, thrown);
  }
}

/** What is read into: a buffer for each line costs more than to read it. */
let room = Buffer.allocUnsafe(64 * 1024);
/** Beyond this none is kept. */
const MOST_KEPT = 1024 * 1024;

/** The bytes that stand at a place of an open file, as far as they are there: a view that is valid until the next. Throws `disk_fault`. */
export function bytesAt(file: string, from: number, { offset, bytes }: Place): Buffer {
  const buffer = roomFor(bytes);
  let filled = 0;
  try {
    for (let read = 1; read > 0 && filled < bytes; filled += read) {
      read = readSync(from, buffer, filled, bytes - filled, offset + filled);
    }
  } catch (thrown) {
    throw readFault(file, thrown);
  }
  return buffer.subarray(0, filled); // what is cut short is no JSON
}

function roomFor(bytes: number): Buffer {
  if (bytes > MOST_KEPT) return Buffer.allocUnsafe(bytes);
  if (bytes > room.length) room = Buffer.allocUnsafe(MOST_KEPT);
  return room;
}

/** Opens a file of lines that is to grow, and makes it where there is none: takes away a last line that is cut off, unless somebody did so since, and ends one that is whole. Throws `disk_fault`. */
export function openToAppend(
  file: string,
  { torn, lacksBreak }: Pick<JudgementLines, 'torn' | 'lacksBreak'>,
): number {
  try {
    const descriptor = openSync(file, 'a+');
    const isAsRead = torn && fstatSync(descriptor).size === torn.offset + torn.bytes;
    if (isAsRead) ftruncateSync(descriptor, torn.offset);
    if (lacksBreak) writeSync(descriptor, '\n');
    return descriptor;
  } catch (thrown) {
    throw writeFault(file, thrown);
  }
}

/** Adds a line in one write, whole or not at all, and says where it stands. Throws `disk_fault`. */
export function appendLine(file: string, to: number, line: string): Place {
  const bytes = Buffer.from(`${line}\n`);
  let offset: number | null = null;
  try {
    offset = fstatSync(to).size;
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(to, bytes, written);
    }
    return { offset, bytes: bytes.length - 1 };
  } catch (thrown) {
    if (offset !== null) cutBack(to, offset);
    throw writeFault(file, thrown);
  }
}

function cutBack(descriptor: number, size: number): void {
  try {
    ftruncateSync(descriptor, size);
  } catch {
    // A last line that is cut off is left out when it is read
  }
}
