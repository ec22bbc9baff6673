import { close, fsync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { writeFault } from '../io/disk-fault.ts';

const NEWLINE = Buffer.from('\n');

/** Writes a part of some bytes to a descriptor and says how many: `writeSync` of Node. */
export type WriteSome = (to: number, bytes: Uint8Array, from: number, length: number) => number;

/** A file of lines that only grows; a line is on it whole or not at all. */
export class AppendFile {
  private readonly file: string;
  private readonly descriptor: number;
  private readonly writeSome: WriteSome;
  private size = 0;

  /** Makes the file. Throws `disk_fault`, also where it exists. */
  constructor(file: string, writeSome: WriteSome = writeSync) {
    this.file = file;
    this.writeSome = writeSome;
    try {
      this.descriptor = openSync(file, 'ax', 0o600);
    } catch (thrown) {
      throw writeFault(file, thrown);
    }
  }

  /** Adds a line in one write and says where it stands. Throws `disk_fault`; the file is then as it was. */
  append(line: string | Uint8Array): { offset: number; bytes: number } {
    const text = typeof line === 'string' ? Buffer.from(line) : line;
    const offset = this.size;
    try {
      this.write(Buffer.concat([text, NEWLINE]));
    } catch (thrown) {
      this.size = offset;
      this.cutBack();
      throw writeFault(this.file, thrown);
    }
    return { offset, bytes: text.length };
  }

  /** Waits until the disk has what was written. Throws `disk_fault`. */
  async sync(): Promise<void> {
    await promisify(fsync)(this.descriptor).catch((thrown) => {
      throw writeFault(this.file, thrown);
    });
  }

  async close(): Promise<void> {
    await promisify(close)(this.descriptor);
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
