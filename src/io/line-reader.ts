import { readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { readFault } from './disk-fault.ts';

/** One line of a file, without its line break. */
export interface Line {
  /** Number of the line, from 1. */
  readonly number: number;
  /** Where its first byte stands in the file (after a byte order mark). */
  readonly offset: number;
  /** Length in bytes, without the line break. */
  readonly bytes: number;
  /** Its bytes, a view that is valid until the next batch; null when longer than the cap. */
  readonly buffer: Buffer | null;
  /** The first 64 KiB of a line that is longer than the cap. */
  readonly prefix?: Buffer;
  /** Whether it holds nothing but blanks. */
  readonly blank: boolean;
  /** Whether it is the last line and has no line break. */
  readonly torn: boolean;
}

const CHUNK = 1024 * 1024;
const BATCH = 4096;
const PREFIX = 64 * 1024;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const TAB = 9;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** How lines are read. */
export interface ReadLinesOptions {
  /** Longest line that is read, in bytes. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Sees every byte of the file, line breaks too. */
  readonly onBytes?: (bytes: Buffer) => void;
}

/** Reads the lines of a file of any size in batches; memory is bounded by the longest line up to `maxBytes`. Throws `input_fault` or `disk_fault`. */
export async function* readLines(
  file: string,
  { maxBytes = 64 * CHUNK, signal, onBytes }: ReadLinesOptions = {},
): AsyncGenerator<Line[]> {
  const splitter = new LineSplitter(maxBytes);
  const handle = await open(file).catch((thrown) => {
    throw readFault(file, thrown);
  });
  try {
    const isFile = (await handle.stat()).isFile();
    let reads = 0;
    for (;;) {
      signal?.throwIfAborted();
      const room = splitter.room();
      // Now and then a read is waited for, so that signals have their turn
      const atOnce = isFile && ++reads % 8 !== 0;
      const read = atOnce ? fillAtOnce(file, handle.fd, room) : await fill(file, handle, room);
      onBytes?.(room.subarray(0, read));
      splitter.add(read);
      for (let lines = splitter.take(); lines.length > 0; lines = splitter.take()) {
        yield lines;
        signal?.throwIfAborted();
      }
      if (read > 0) continue;
      const last = splitter.end();
      if (last !== undefined) yield [last];
      return;
    }
  } finally {
    await handle.close();
  }
}

/** A file on a disk answers at once: to wait for it costs more than to read it. */
function fillAtOnce(file: string, descriptor: number, room: Buffer): number {
  try {
    return readSync(descriptor, room, 0, room.length, null);
  } catch (thrown) {
    throw readFault(file, thrown);
  }
}

async function fill(file: string, handle: FileHandle, room: Buffer): Promise<number> {
  try {
    return (await handle.read(room, 0, room.length, null)).bytesRead;
  } catch (thrown) {
    throw readFault(file, thrown);
  }
}

/** Cuts what is read into lines: looks at each byte once, and moves only what is left of a line at the end of a chunk. */
class LineSplitter {
  private readonly maxBytes: number;
  private buffer = Buffer.allocUnsafe(CHUNK);
  /** The part of the buffer that no line was made of yet. */
  private start = 0;
  private filled = 0;
  /** Where to look for the next line break. */
  private scanned = 0;
  /** Where the buffer begins in the file. */
  private base = 0;
  private number = 1;
  /** The beginning of a line beyond the cap that is being passed over, and the length passed over. */
  private prefix: Buffer | undefined;
  private passed = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** The part of the buffer to read into; ends the life of the lines given out before. */
  room(): Buffer {
    const rest = this.buffer.subarray(this.start, this.filled);
    let size = CHUNK;
    while (size - rest.length < CHUNK / 2) size *= 2;
    const target = size === this.buffer.length ? this.buffer : Buffer.allocUnsafe(size);
    rest.copy(target);
    this.buffer = target;
    this.base += this.start;
    this.start = 0;
    this.filled = rest.length;
    if (this.filled > this.maxBytes) this.passOver();
    return target.subarray(this.filled);
  }

  /** Notes that `read` more bytes were read into the room. */
  add(read: number): void {
    this.scanned = this.filled;
    this.filled += read;
  }

  /** Some of the lines that are complete, none when there are no more. */
  take(): Line[] {
    const data = this.buffer.subarray(0, this.filled);
    const lines: Line[] = [];
    while (lines.length < BATCH) {
      const end = data.indexOf(NEWLINE, this.scanned);
      if (end === -1) break;
      lines.push(this.line(end, false));
      this.start = end + 1;
      this.scanned = this.start;
    }
    return lines;
  }

  /** The last line, if it has no line break. */
  end(): Line | undefined {
    if (this.filled === this.start && this.prefix === undefined) return undefined;
    return this.line(this.filled, true);
  }

  private line(end: number, torn: boolean): Line {
    const number = this.number++;
    const start = this.start + (number === 1 && this.prefix === undefined ? this.markBytes() : 0);
    const last = end > start && this.buffer[end - 1] === RETURN ? end - 1 : end;
    const bytes = this.passed + last - start;
    const offset = this.base + start - this.passed;
    if (bytes <= this.maxBytes) {
      const buffer = this.buffer.subarray(start, last);
      return { number, offset, bytes, buffer, blank: isBlank(buffer), torn };
    }
    const prefix = this.prefix ?? Buffer.from(this.buffer.subarray(start, start + PREFIX));
    this.prefix = undefined;
    this.passed = 0;
    return { number, offset, bytes, buffer: null, prefix, blank: false, torn };
  }

  private passOver(): void {
    this.prefix ??= Buffer.from(this.buffer.subarray(0, PREFIX));
    this.passed += this.filled;
    this.base += this.filled;
    this.filled = 0;
  }

  private markBytes(): number {
    const head = this.buffer.subarray(this.start, this.start + BYTE_ORDER_MARK.length);
    return head.equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  }
}

function isBlank(buffer: Buffer): boolean {
  const first = buffer[0];
  if (first !== undefined && first > SPACE) return false;
  return buffer.every((byte) => byte === SPACE || byte === TAB || byte === RETURN);
}
