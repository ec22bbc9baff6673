import { open } from 'node:fs/promises';
import { writeFault } from './disk-fault.ts';

/** Adds text to the end of a file, which is made where there is none; on a line of its own, also where the last line has no end. Throws `disk_fault`. */
export async function appendLines(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, 'a+');
    try {
      const { size } = await handle.stat();
      const last = Buffer.alloc(1, '\n');
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      await handle.appendFile(last.toString('latin1') === '\n' ? text : `\n${text}`);
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw writeFault(file, thrown);
  }
}
