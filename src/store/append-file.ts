import { createHash, type Hash } from 'node:crypto';
import { close, fsync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { writeFault } from '../io/disk-fault.ts';
import { fileDigest } from '../io/file-digest.ts';

const NEWLINE = 10;
/** Bytes of a buffer that is kept for the next line. */
const MOST_KEPT = 1024 * 1024;

/** Writes a part of some bytes to a descriptor and says how many: `writeSync` of Node. */
export type WriteSome = (to: number, bytes: Uint8Array, from: number, length: number) => number;

/** How a file that only grows is written. */
export interface AppendFileOptions {
  readonly writeSome?: WriteSome;
  readonly sealed?: boolean;
}

/** A file of lines that only grows; a line is on it whole or not at all. */
export class AppendFile {
  private readonly file: string;
  private readonly descriptor: number;
  private readonly writeSome: WriteSome;
  private readonly hash: Hash | null;
  private size = 0;
  private kept = Buffer.allocUnsafe(16 * 1024);

  /** Makes the file; `sealed` keeps a digest of all that is written. Throws `disk_fault`, also where it exists. */
  constructor(file: string, { writeSome = writeSync, sealed = false }: AppendFileOptions = {}) {
    this.file = file;
    this.writeSome = writeSome;
    this.hash = sealed ? createHash('sha256') : null;
    try {
      this.descriptor = openSync(file, 'ax', 0o600);
    } catch (thrown) {
      throw writeFault(file, thrown);
    }
  }

  /** Adds a line in one write and says where it stands. Throws `disk_fault`; the file is then as it was. */
  append(line: string): { offset: number; bytes: number } {
    const text = this.withNewline(line);
    const offset = this.size;
    try {
      this.write(text);
    } catch (thrown) {
      this.size = offset;
      this.cutBack();
      throw writeFault(this.file, thrown);
    }
    this.hash?.update(text);
    return { offset, bytes: text.length - 1 };
  }

  /** Waits until the disk has what was written. Throws `disk_fault`. */
  async sync(): Promise<void> {
    await promisify(fsync)(this.descriptor).catch((thrown) => {
      throw writeFault(this.file, thrown);
    });
  }

  /** Whether the file is still what was written; true where no digest was kept. */
  async isWhole(): Promise<boolean> {
    if (this.hash === null) return true;
    const wanted = this.hash.copy().digest('hex');
    return (await fileDigest(this.file).catch(() => '')) === wanted;
  }

  async close(): Promise<void> {
    await promisify(close)(this.descriptor);
  }

  /** The bytes of a line with its end, in a buffer that the next line may overwrite. */
  private withNewline(line: string): Uint8Array {
    const most = line.length * 3; // bytes of UTF-8
    let buffer = this.kept;
    if (buffer.length <= most) {
      buffer = Buffer.allocUnsafe(most + 1);
      if (buffer.length <= MOST_KEPT) this.kept = buffer;
    }
    const bytes = buffer.write(line);
    buffer[bytes] = NEWLINE;
    return buffer.subarray(0, bytes + 1);
  }

  private write(bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length; ) {
      const count = this.writeSome(this.descriptor, bytes, written, bytes.length - written);
      written += count;
      this.size += count;
    }
  }

  private cutBack(): void {
    try {
      ftruncateSync(this.descriptor, this.size);
    } catch {
      // The reader drops a torn last line
    }
  }
}
