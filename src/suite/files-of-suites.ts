import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { AgentEntry } from '../model/suite.ts';
import { importedFiles } from './imported-files.ts';
import type { LoadedSuites, SuiteParts } from './load-suites.ts';

/** Every file that a suite depends on, as absolute paths, there or not. */
export interface SuiteFileSet {
  /** Name of the suite as written, null where that is at fault. */
  readonly name: string | null;
  /** Whether all of it could be read: else there may be more. */
  readonly sound: boolean;
  readonly files: ReadonlySet<string>;
  /** Those that a run may write, such as recordings. */
  readonly written: ReadonlySet<string>;
}

/** The longest text of an agent that is looked at for names of files. */
const MOST_TEXT = 4096;
const MOST_DEPTH = 4;

/** Lists by suite file what each suite is made of: what it names, what its programs are started with, what all that imports, and the settings of the project. */
export async function filesOfSuites({
  parts,
  suites,
}: LoadedSuites): Promise<ReadonlyMap<string, SuiteFileSet>> {
  const agentsOf = new Map(suites.map(({ file, agents }) => [file, agents]));
  const sets = new Map<string, SuiteFileSet>();
  for (const [file, part] of parts) {
    sets.set(file, await filesOf(file, part, agentsOf.get(file)));
  }
  return sets;
}

async function filesOf(
  suite: string,
  { name, root, files: named }: SuiteParts,
  agents: readonly AgentEntry[] | undefined,
): Promise<SuiteFileSet> {
  const files = new Set([...named.keys()].filter((file) => isUnder(root, file)));
  files.add(suite);
  for (const { config } of agents ?? []) {
    for (const file of await startedWith(config, path.dirname(suite), root)) files.add(file);
  }
  for (const file of await importedFiles(files, root)) files.add(file);
  files.add(path.join(root, 'agentops.config.yaml'));
  // What is behind a link changes elsewhere
  const real = await Promise.all([...files].map((file) => realpath(file).catch(() => file)));
  for (const file of real) files.add(file);
  const written = [...named].filter(([, how]) => how === 'written').map(([file]) => file);
  return { name, sound: agents !== undefined, files, written: new Set(written) };
}

/** Files of the project that the settings of an agent name in words of their own, such as the arguments of a program. */
async function startedWith(config: unknown, folder: string, root: string): Promise<string[]> {
  const found = new Set<string>();
  for (const text of textsIn(config, 0)) {
    if (text.length > MOST_TEXT) continue;
    for (const word of [text, ...text.split(/[\s=;]+/)]) {
      const file = path.resolve(folder, word);
      if (word === '' || found.has(file) || !isUnder(root, file)) continue;
      const there = await stat(file).catch(() => null); // a name that no file can have is none
      if (there?.isFile()) found.add(file);
    }
  }
  return [...found];
}

function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth === MOST_DEPTH) return [];
  return Object.values(value).flatMap((inner: unknown) => textsIn(inner, depth + 1));
}

function isUnder(root: string, file: string): boolean {
  const [first = ''] = path.relative(root, file).split(path.sep);
  return first !== '' && first !== '..' && !path.isAbsolute(first);
}
