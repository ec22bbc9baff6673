import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { globBase, isGlob } from './glob.ts';

/** Folders in which nothing is written by hand. */
const PASSED_OVER = new Set(['node_modules', '.git', '.agentops']);

/** The most folders that new suites are looked for in. */
const MOST_FOLDERS = 4096;

/** The folders whose entries tell of every change: those in which new suites may come, by what was named as for `findSuiteFiles`, and those of some files. Where one is gone, the nearest above it. */
export async function foldersToWatch(
  named: readonly string[],
  cwd: string,
  files: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const folders = new Set<string>();
  for (const name of named.length === 0 ? ['suites'] : named) {
    const wanted = path.resolve(cwd, name);
    const base = isGlob(name) && !(await kindOf(wanted)) ? globBase(wanted) : wanted;
    if ((await kindOf(base)) === 'folder') await addTree(base, folders);
    else folders.add(path.dirname(base));
  }
  for (const file of files) folders.add(path.dirname(file));
  const nearest = await Promise.all([...folders].map(nearestFolder));
  return new Set(nearest.filter((folder) => !isPassedOver(path.relative(cwd, folder))));
}

/** Whether a relative path leads through a folder in which nothing is written by hand. */
export function isPassedOver(file: string): boolean {
  return file.split(path.sep).some((step) => PASSED_OVER.has(step));
}

/** Adds a folder and those in it, as far as suites are looked for there. */
async function addTree(folder: string, folders: Set<string>): Promise<void> {
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (folders.size >= MOST_FOLDERS) return;
    folders.add(next);
    const entries = await readdir(next, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const hidden = entry.name.startsWith('.') || entry.name === 'node_modules';
      if (entry.isDirectory() && !hidden) waiting.push(path.join(next, entry.name));
    }
  }
}

async function nearestFolder(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((await kindOf(at)) === 'folder' || at === path.dirname(at)) return at;
  }
}

async function kindOf(file: string): Promise<'folder' | 'file' | null> {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) return 'folder';
  return found ? 'file' : null;
}
