import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { writeFault } from '../io/disk-fault.ts';
import type { Label } from '../model/label.ts';

const NEWLINE = 10;

/** A file of labels that only grows; others may append to it at the same time. */
export interface LabelFile {
  /** Adds a line in one write, on a line of its own whatever the file ends with. Throws `disk_fault`. */
  append(label: Label): void;
  /** Waits until the disk has what was written, and lets go. Throws `disk_fault`. */
  close(): void;
}

/** Opens a file of labels, and makes it where there is none. Throws `disk_fault`. */
export function openLabels(file: string): LabelFile {
  const orFault = <T>(act: () => T): T => {
    try {
      return act();
    } catch (thrown) {
      throw writeFault(file, thrown);
    }
  };
  const descriptor = orFault(() => openSync(file, 'a+'));
  return {
    append: (label) =>
      orFault(() => {
        const line = `${endsInside(descriptor) ? '\n' : ''}${JSON.stringify(label)}\n`;
        writeFully(descriptor, Buffer.from(line));
      }),
    close: () =>
      orFault(() => {
        try {
          if (fstatSync(descriptor).isFile()) fsyncSync(descriptor);
        } finally {
          closeSync(descriptor);
        }
      }),
  };
}

/** Whether the last line was cut off, so that what follows would be taken for a part of it. */
function endsInside(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  return readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== NEWLINE;
}

function writeFully(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(descriptor, bytes, written);
  }
}
