import { closeSync, openSync, readSync } from 'node:fs';
import { AgentopsError } from '../errors.ts';
import { readFault } from './disk-fault.ts';

/** Reads any part of an open file. */
export interface WindowReader {
  /** The bytes from `offset` on, until the next read; throws `input_fault` where the file ends before. */
  read(offset: number, bytes: number): Buffer;
  close(): void;
}

const WINDOW = 512 * 1024;

/** Opens a file for reading in nearly ascending order: half a megabyte around the place asked for is kept. */
export function openWindow(file: string): WindowReader {
  const descriptor = attempt(file, () => openSync(file, 'r'));
  const window = { buffer: Buffer.allocUnsafe(WINDOW), offset: 0, length: 0 };
  const fill = (buffer: Buffer, offset: number) =>
    attempt(file, () => readFully(descriptor, buffer, offset));

  function read(offset: number, bytes: number): Buffer {
    if (bytes > WINDOW / 2) return whole(file, offset, bytes, fill);
    const within = offset >= window.offset && offset + bytes <= window.offset + window.length;
    if (!within) {
      // Trials that end out of order stand a little before their neighbours
      window.offset = Math.max(0, offset - WINDOW / 4);
      window.length = fill(window.buffer, window.offset);
    }
    const start = offset - window.offset;
    if (start + bytes > window.length) throw cutShort(file, offset, bytes);
    return window.buffer.subarray(start, start + bytes);
  }
  return { read, close: () => closeSync(descriptor) };
}

function whole(
  file: string,
  offset: number,
  bytes: number,
  fill: (buffer: Buffer, offset: number) => number,
): Buffer {
  const buffer = Buffer.allocUnsafe(bytes);
  if (fill(buffer, offset) < bytes) throw cutShort(file, offset, bytes);
  return buffer;
}

function readFully(descriptor: number, buffer: Buffer, offset: number): number {
  let filled = 0;
  while (filled < buffer.length) {
    const read = readSync(descriptor, buffer, filled, buffer.length - filled, offset + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

function attempt<Value>(file: string, action: () => Value): Value {
  try {
    return action();
  } catch (thrown) {
    throw readFault(file, thrown);
  }
}

function cutShort(file: string, offset: number, bytes: number): AgentopsError {
  return new AgentopsError(
    'input_fault',
    `Cannot read "${file}": it ends before byte ${offset + bytes}, the end of a record that starts at byte ${offset}`,
  );
}
