import { access } from 'node:fs/promises';
import path from 'node:path';

const MARKS = ['agentops.config.yaml', '.git', 'package.json'];

/** The nearest folder above a file that marks a project, else the folder of the file. */
export async function projectRoot(file: string): Promise<string> {
  const own = path.dirname(file);
  for (let folder = own; ; folder = path.dirname(folder)) {
    if (await isMarked(folder)) return folder;
    if (folder === path.dirname(folder)) return own;
  }
}

async function isMarked(folder: string): Promise<boolean> {
  for (const mark of MARKS) {
    const found = await access(path.join(folder, mark)).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}
