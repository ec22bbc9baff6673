import { open } from 'node:fs/promises';
import { codeOf, readFault } from '../io/disk-fault.ts';

const PIECE = 64 * 1024;
/** Heads are small; a longer one is not looked for. */
const LONGEST = 4 * 1024 * 1024;

/** What an object in a file says before a mark; null where the file is not there or not written so. Throws `input_fault` and `disk_fault`. */
export async function jsonHead(file: string, mark: string): Promise<object | null> {
  const bytes = await beginning(file, mark);
  if (bytes === null) return null;
  try {
    return JSON.parse(`${bytes.toString('utf8')}}`);
  } catch {
    return null; // not written as ours are
  }
}

async function beginning(file: string, mark: string): Promise<Buffer | null> {
  const handle = await open(file).catch((thrown) => {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw readFault(file, thrown);
  });
  if (handle === null) return null;
  try {
    let bytes = Buffer.alloc(0);
    while (bytes.length < LONGEST) {
      const piece = Buffer.alloc(Math.max(PIECE, bytes.length));
      const { bytesRead } = await handle.read(piece, 0, piece.length, bytes.length);
      bytes = Buffer.concat([bytes, piece.subarray(0, bytesRead)]);
      const at = bytes.indexOf(mark);
      if (at !== -1) return bytes.subarray(0, at);
      if (bytesRead === 0) return null;
    }
    return null;
  } catch (thrown) {
    throw readFault(file, thrown);
  } finally {
    await handle.close();
  }
}
