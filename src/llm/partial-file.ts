import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { writeFault } from '../io/disk-fault.ts';
import { makeFolder } from '../io/make-folder.ts';

/** A file beside a recording that grows while models are asked, so that nothing paid for is lost. */
export interface PartialFile {
  readonly file: string;
  /** Adds a line, whole or not at all; gives where it stands. Throws `disk_fault`. */
  append(line: string): { readonly offset: number; readonly bytes: number };
  close(): void;
  /** Takes the file away. Throws `disk_fault`. */
  remove(): void;
}

/** Makes the file, and its folder where there is none. Throws `disk_fault`, also where it exists. */
export async function partialFile(file: string): Promise<PartialFile> {
  await makeFolder(path.dirname(file));
  const descriptor = attempt(file, () => openSync(file, 'ax', 0o600));
  let size = 0;
  return {
    file,
    append(line) {
      const text = Buffer.from(`${line}\n`);
      const offset = size;
      try {
        for (let written = 0; written < text.length; ) {
          written += writeSync(descriptor, text, written);
        }
      } catch (thrown) {
        cutBack(descriptor, offset);
        throw writeFault(file, thrown);
      }
      size += text.length;
      return { offset, bytes: text.length - 1 };
    },
    close: () => attempt(file, () => closeSync(descriptor)),
    remove: () => attempt(file, () => rmSync(file, { force: true })),
  };
}

function attempt<Value>(file: string, action: () => Value): Value {
  try {
    return action();
  } catch (thrown) {
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
