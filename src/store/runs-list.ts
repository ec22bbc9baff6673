import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import { codeOf, readFault, writeFault } from '../io/disk-fault.ts';
import { nearestName } from '../match/nearest-name.ts';
import { RUNS, runFiles } from './run-files.ts';
import { sizeOf } from './trial-lines.ts';

const SHOWN = 5;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A run that a reference means, and what of it the reference is. */
export interface FoundRun {
  readonly dir: string;
  readonly by: 'latest' | 'id' | 'folder' | 'beginning';
}

/** Finds the folder of a run: `latest`, an id or its unique beginning, the folder of a run, or a folder of runs (its newest). Throws `usage` where none or several are meant. */
export async function resolveRun(reference: string, base: string): Promise<string> {
  const found = await findRun(reference, base);
  if (found !== null) return found.dir;
  const ids = (await listRunIds(base)).reverse();
  throw new AgentopsError('usage', `Cannot find the run "${reference}": ${mend(reference, ids)}`);
}

/** Finds a run as `resolveRun` does; null where none is meant. Throws `usage` where several are, or where there is no latest. */
export async function findRun(reference: string, base: string): Promise<FoundRun | null> {
  const runs = await folderOfRuns(base);
  const ids = (await runsIn(runs)).reverse();
  if (reference === '') return null;
  if (reference === 'latest') return { dir: path.join(runs, newest(ids, base)), by: 'latest' };
  if (ids.includes(reference)) return { dir: path.join(runs, reference), by: 'id' };
  const folder = await runFolderAt(reference);
  if (folder !== null) return { dir: folder, by: 'folder' };
  const [only, ...others] = ids.filter((id) => id.startsWith(reference));
  if (only === undefined) return null;
  if (others.length === 0) return { dir: path.join(runs, only), by: 'beginning' };
  throw new AgentopsError(
    'usage',
    `Cannot find the run "${reference}": it may be ${shown([only, ...others])}`,
  );
}

/** Ids of the runs under a base, oldest first. */
export async function listRunIds(base: string): Promise<string[]> {
  return runsIn(await folderOfRuns(base));
}

/** Folder in which each run has its own: `runs` under a base, or the base itself where there is none. */
export async function folderOfRuns(base: string): Promise<string> {
  const folder = path.join(base, RUNS);
  const found = await stat(folder).catch(() => null); // what cannot be looked at holds no runs for us
  return found?.isDirectory() === true ? folder : base;
}

function newest(ids: readonly string[], base: string): string {
  const [id] = ids;
  if (id !== undefined) return id;
  throw new AgentopsError(
    'usage',
    `Cannot find the latest run: "${base}" holds none, expected one that agentops eval wrote`,
  );
}

/** The run that a path names by itself or as the newest in its folder; null where it names none. */
async function runFolderAt(reference: string): Promise<string | null> {
  const folder = path.resolve(reference);
  if (await isRun(folder)) return folder;
  const runs = await folderOfRuns(folder);
  const id = (await runsIn(runs)).at(-1);
  return id === undefined ? null : path.join(runs, id);
}

/** Names of the folders that hold a plan, oldest first: ids sort by time. */
async function runsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((thrown) => {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(thrown) ?? '')) return [];
    throw readFault(folder, thrown);
  });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const runs = [];
  for (const name of names.sort()) {
    if (await isRun(path.join(folder, name))) runs.push(name);
  }
  return runs;
}

async function isRun(folder: string): Promise<boolean> {
  try {
    return (await sizeOf(path.join(folder, runFiles.plan))) > 0;
  } catch (thrown) {
    if (thrown instanceof AgentopsError && thrown.code === 'input_fault') return false; // no folder, or a private one
    throw thrown;
  }
}

function mend(reference: string, ids: readonly string[]): string {
  const near = nearestName(reference, [...ids, 'latest']);
  if (near !== null) return `did you mean "${near}"?`;
  if (ids.length === 0) return 'there are no runs, and no such folder';
  return `there is no such folder either, expected latest or one of ${shown(ids)}`;
}

function shown(ids: readonly string[]): string {
  const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : '';
  return `${ids.slice(0, SHOWN).join(', ')}${more}`;
}

/** Which runs to remove. */
export interface PruneOptions {
  /** How many of the newest stay. */
  readonly keep: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Also removes runs that may still be under way. */
  readonly force?: boolean;
}

/** Removes all but the newest runs and returns their ids, newest first. A run without a `run.json` that was written to within a day may be under way and stays. Throws `disk_fault`. */
export async function pruneRuns(
  base: string,
  { keep, now, force }: PruneOptions,
): Promise<string[]> {
  const runs = await folderOfRuns(base);
  const removed = [];
  for (const id of (await runsIn(runs)).reverse().slice(keep)) {
    const dir = path.join(runs, id);
    if (force !== true && (await isUnderWay(dir, now()))) continue;
    await remove(dir);
    removed.push(id);
  }
  return removed;
}

async function isUnderWay(dir: string, now: number): Promise<boolean> {
  if ((await sizeOf(path.join(dir, runFiles.summary))) > 0) return false;
  let touched = 0;
  for (const name of Object.values(runFiles)) {
    const found = await stat(path.join(dir, name)).catch(() => null); // not every run has every file
    touched = Math.max(touched, found?.mtimeMs ?? 0);
  }
  return now - touched < DAY_MS;
}

/** Removes the plan last: as long as it stands the folder counts as a run, and can be pruned again. */
async function remove(dir: string): Promise<void> {
  try {
    const names = (await readdir(dir)).filter((name) => name !== runFiles.plan);
    for (const name of names) await rm(path.join(dir, name), { recursive: true, force: true });
    await rm(dir, { recursive: true, force: true });
  } catch (thrown) {
    throw writeFault(dir, thrown, 'remove');
  }
}
