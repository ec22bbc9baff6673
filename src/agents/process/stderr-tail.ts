import type { Readable } from 'node:stream';
import { after } from '../../io/after.ts';

/** What is read without a pause; a program that writes more is read at a pace that leaves room for others. */
const FREE_BYTES = 16 * 1024 * 1024;
const STRIDE = 1024 * 1024;
const PAUSE_MS = 2;

/** The end of what a program wrote to stderr. */
export interface StderrTail {
  readonly bytes: () => number;
  readonly text: () => string;
}

/** Reads stderr to its end, however much that is, and keeps the last bytes. */
export function keepStderrTail(stream: Readable, maxBytes: number): StderrTail {
  let bytes = 0;
  let next = FREE_BYTES;
  let tail: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    tail = lastBytes(tail, chunk, maxBytes);
    if (bytes < next) return;
    next = bytes + STRIDE;
    stream.pause();
    after(PAUSE_MS, () => stream.resume());
  });
  stream.on('error', () => stream.destroy());
  return { bytes: () => bytes, text: () => decodeTail(tail, bytes > tail.length) };
}

function lastBytes(tail: Buffer, chunk: Buffer, maxBytes: number): Buffer {
  if (chunk.length >= maxBytes) return Buffer.from(chunk.subarray(chunk.length - maxBytes));
  const kept = tail.subarray(Math.max(0, tail.length + chunk.length - maxBytes));
  return Buffer.concat([kept, chunk]);
}

/** A tail that begins in the midst of a character leaves that out. */
function decodeTail(tail: Buffer, cut: boolean): string {
  let start = 0;
  while (cut && start < 3 && ((tail[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return tail.toString('utf8', start);
}
