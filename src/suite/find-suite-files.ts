import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import { readFault } from '../io/disk-fault.ts';
import type { Fault } from '../model/suite.ts';
import { addAll } from './add-all.ts';
import { globBase, globTest, isGlob } from './glob.ts';

const SUFFIX = '.suite.yaml';
const MISNAMED = /\.suite\.(yml|json)$/i;

/** Suite files as absolute paths, each once and sorted, and those that would be passed over for their names. */
export interface SuiteFiles {
  files: string[];
  faults: Fault[];
}

/** Finds suite files: those that are named, those in folders and those that a glob matches; without a name, those under `suites/`. Throws `usage` where a name matches none. */
export async function findSuiteFiles(named: readonly string[], cwd: string): Promise<SuiteFiles> {
  if (named.length === 0) return parted(await suitesIn(path.join(cwd, 'suites')), new Set());
  const found: string[] = [];
  const given = new Set<string>();
  const unmatched: string[] = [];
  for (const name of named) {
    const files = await filesNamed(name, cwd);
    addAll(found, files);
    if (files[0] === path.resolve(cwd, name)) given.add(files[0]);
    if (files.length === 0) unmatched.push(name);
  }
  if (unmatched.length === 0) return parted(found, given);
  const names = unmatched.map((name) => `"${name}"`).join(', ');
  const form =
    'expected a file, a folder that holds *.suite.yaml files, or a glob that matches some';
  throw new AgentopsError('usage', `Cannot find suites: ${names} matches no suite file, ${form}`);
}

async function filesNamed(name: string, cwd: string): Promise<string[]> {
  const file = path.resolve(cwd, name);
  const kind = await kindOf(file);
  if (kind === 'file') return [file];
  if (kind === 'folder') return suitesIn(file);
  if (!isGlob(name)) return [];
  const pattern = path.resolve(cwd, name);
  const matches = globTest(pattern);
  return (await suitesIn(globBase(pattern))).filter(matches);
}

/** Suite files in a folder and the folders in it, misnamed ones too, but not in hidden ones, installed packages and behind links. */
async function suitesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of await entriesOf(next)) {
      const file = path.join(next, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules') waiting.push(file);
      } else if (isSuiteName(entry.name) && (await kindOf(file)) === 'file') {
        found.push(file);
      }
    }
  }
  return found;
}

async function entriesOf(folder: string) {
  if ((await kindOf(folder)) !== 'folder') return [];
  return readdir(folder, { withFileTypes: true }).catch((thrown) => {
    throw readFault(folder, thrown);
  });
}

async function kindOf(file: string): Promise<'file' | 'folder' | null> {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) return 'folder';
  return found ? 'file' : null;
}

function isSuiteName(name: string): boolean {
  return name.endsWith(SUFFIX) || MISNAMED.test(name);
}

/** Parts the files that are read from those whose names keep them from it; a file that was given by its name is read. */
function parted(found: readonly string[], given: ReadonlySet<string>): SuiteFiles {
  const all = [...new Set(found)].sort();
  const isRead = (file: string) => given.has(file) || !MISNAMED.test(file);
  return { files: all.filter(isRead), faults: all.filter((file) => !isRead(file)).map(misnamed) };
}

function misnamed(file: string): Fault {
  const mend = path.basename(file).replace(MISNAMED, SUFFIX);
  const message = `A suite under this name is passed over; name it ${mend}`;
  return { file, line: 1, column: 1, severity: 'error', path: '', message };
}
