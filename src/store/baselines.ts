import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { atomicWrite } from '../io/atomic-write.ts';
import { codeOf, readFault } from '../io/disk-fault.ts';
import { makeFolder } from '../io/make-folder.ts';
import { BaselineHead } from '../model/baseline.ts';
import { ReportedTask } from '../model/report.ts';
import { checked } from './read-document.ts';
import { readParts } from './read-parts.ts';
import { storeFault } from './store-fault.ts';

const FOLDER = 'baselines';
const ENDING = '.baseline.json';

/** Path of a baseline in a project, whether it is there or not; the name is one that `baselineName` gave. */
export function baselineFile(root: string, name: string): string {
  return path.join(root, FOLDER, `${name}${ENDING}`);
}

/** Names of the baselines of a project, in order. Throws `input_fault` and `disk_fault`. */
export async function listBaselines(root: string): Promise<string[]> {
  const folder = path.join(root, FOLDER);
  const names = await readdir(folder).catch((thrown) => {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(thrown) ?? '')) return [];
    throw readFault(folder, thrown);
  });
  const own = names.filter((name) => name.endsWith(ENDING) && name.length > ENDING.length);
  return own.map((name) => name.slice(0, -ENDING.length)).sort();
}

/** Reads a baseline without its trials, in pieces; null where there is none of that name. Throws `store_fault`. */
export async function readBaseline(root: string, name: string): Promise<BaselineHead | null> {
  const file = baselineFile(root, name);
  const found = await stat(file).catch((thrown) => {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw readFault(file, thrown);
  });
  if (found === null) return null;
  const tasks: ReportedTask[] = [];
  const values = await readParts(file, {
    values: Object.keys(BaselineHead.shape).filter((key) => key !== 'tasks'),
    list: 'tasks',
    each: (value, place) => tasks.push(checked(value, ReportedTask, place)),
    fault: storeFault,
  });
  const facts = checked({ ...Object.fromEntries(values), tasks: [] }, BaselineHead, `"${file}"`);
  return { ...facts, tasks };
}

/** Writes a baseline: the old file stays until the whole new one is on the disk. Throws `disk_fault`. */
export async function writeBaseline(
  root: string,
  name: string,
  pieces: AsyncIterable<string>,
): Promise<string> {
  const file = baselineFile(root, name);
  await makeFolder(path.dirname(file));
  await atomicWrite(file, pieces);
  return file;
}
