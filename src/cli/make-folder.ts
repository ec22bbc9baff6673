import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeFault } from '../io/disk-fault.ts';

/** Makes the folder that a file is going to stand in. Throws `disk_fault`. */
export async function makeFolderFor(file: string): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true }).catch((thrown) => {
    throw writeFault(folder, thrown, 'make the folder');
  });
}
