import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import { readFault } from '../io/disk-fault.ts';
import { addAll } from './add-all.ts';
import { globBase, globTest, isGlob } from './glob.ts';

const SUFFIX = '.suite.yaml';
const MISNAMED = /\.suite\.(yml|json)$/i;

/** Finds suite files as absolute paths, each once and sorted: those that are named, those in folders and those that a glob matches; without a name, those under `suites/`. Throws `usage` where a name matches none. */
export async function findSuiteFiles(named: readonly string[], cwd: string): Promise<string[]> {
  if (named.length === 0) return sorted(await suitesIn(path.join(cwd, 'suites')));
  const found: string[] = [];
  const unmatched: string[] = [];
  for (const name of named) {
    const files = await filesNamed(name, cwd);
    addAll(found, files);
    if (files.length === 0) unmatched.push(name);
  }
  if (unmatched.length === 0) return sorted(found);
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

/** Suite files in a folder and the folders in it, but not in hidden ones, installed packages and behind links. */
async function suitesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of await entriesOf(next)) {
      const file = path.join(next, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules') waiting.push(file);
      } else if (MISNAMED.test(entry.name)) {
        const mend = `name it ${entry.name.replace(MISNAMED, SUFFIX)}`;
        throw new AgentopsError('usage', `Cannot read "${file}" as a suite: ${mend}`);
      } else if (entry.name.endsWith(SUFFIX) && (await kindOf(file)) === 'file') {
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

function sorted(files: readonly string[]): string[] {
  return [...new Set(files)].sort();
}
