import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../errors.ts';
import { codeOf, readFault } from '../io/disk-fault.ts';

/** What a path in a suite may reach. */
export interface PathRules {
  /** Folder that paths stay under, symbolic links followed. */
  readonly root: string;
  readonly allowOutside: boolean;
}

/** The file that a path means, or why it may not be read. */
export type ResolvedPath = { file: string; problem?: undefined } | { problem: string };

/** Resolves a path that was written in a file; with `later` the file need not be there yet. */
export async function resolvePath(
  named: string,
  from: string,
  rules: PathRules,
  later = false,
): Promise<ResolvedPath> {
  const file = path.resolve(path.dirname(from), named);
  const outside = {
    problem: `"${named}" lies outside of the project, whose root is "${rules.root}"`,
  };
  if (!rules.allowOutside && !isUnder(rules.root, file)) return outside;
  try {
    const [root, real] = await Promise.all([realpath(rules.root), realOf(file, later)]);
    if (!rules.allowOutside && !isUnder(root, real)) return outside;
    if (later) return { file };
    if ((await stat(real)).isFile()) return { file };
    return { problem: `Cannot read "${named}": expected a file` };
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return { problem: `There is no file "${named}"` };
    return { problem: messageOf(readFault(named, thrown)) };
  }
}

/** The real path of a file; of one that may come later, that of the nearest folder that is there. */
async function realOf(file: string, later: boolean): Promise<string> {
  try {
    return await realpath(file);
  } catch (thrown) {
    const parent = path.dirname(file);
    if (!later || codeOf(thrown) !== 'ENOENT' || parent === file) throw thrown;
    return path.join(await realOf(parent, later), path.basename(file));
  }
}

function isUnder(root: string, file: string): boolean {
  const way = path.relative(root, file);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
