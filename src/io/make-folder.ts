import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, writeFault } from './disk-fault.ts';

/** Makes a folder and those above it that are missing; one that is there is fine. Throws `disk_fault`. Node's own recursive form never ends where the system denies a parent that it says is not there, as below /proc. */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  try {
    await make(path.resolve(folder), mode);
  } catch (thrown) {
    throw writeFault(folder, thrown, 'make the folder');
  }
}

async function make(folder: string, mode: number): Promise<void> {
  const first = await attempt(folder, mode);
  if (first !== 'ENOENT') return;
  await make(path.dirname(folder), mode);
  if ((await attempt(folder, mode)) === 'ENOENT') await mkdir(folder, { mode });
}

/** Null where the folder is there now, `ENOENT` where its parent is missing; throws anything else. */
async function attempt(folder: string, mode: number): Promise<'ENOENT' | null> {
  try {
    await mkdir(folder, { mode });
    return null;
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === 'EEXIST') return null;
    if (code === 'ENOENT' && path.dirname(folder) !== folder) return 'ENOENT';
    throw thrown;
  }
}
