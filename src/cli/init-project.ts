import { appendFile, lstat, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import { codeOf, writeFault } from '../io/disk-fault.ts';
import { makeFolder } from '../io/make-folder.ts';
import { findSuiteFiles } from '../suite/find-suite-files.ts';
import { IGNORED, type InitFile } from './init-files.ts';

/** Writes the files into a folder and returns their paths. Throws `usage` where one of them, or any suite, is there already: then nothing is written. */
export async function initProject(folder: string, files: readonly InitFile[]): Promise<string[]> {
  const present = new Set([...(await suitesIn(folder)), ...(await presentFiles(folder, files))]);
  refusePresent(present, 'expected a folder without suites');
  return writeAllNew(folder, files);
}

/** Adds files to a project that may have suites, those of `shared` only where they are not there yet; returns the paths of what was written. Throws `usage` where one of the others is there. */
export async function addToProject(
  folder: string,
  files: readonly InitFile[],
  shared: readonly InitFile[],
): Promise<string[]> {
  refusePresent(new Set(await presentFiles(folder, files)), 'expected other names or none');
  const known = await presentFiles(folder, shared);
  const absent = shared.filter((file) => !known.includes(path.normalize(file.path)));
  return writeAllNew(folder, [...files, ...absent]);
}

/** Whether a project has a suite under `suites/`. */
export async function hasSuites(folder: string): Promise<boolean> {
  return (await suitesIn(folder)).length > 0;
}

function refusePresent(present: ReadonlySet<string>, wanted: string): void {
  if (present.size === 0) return;
  const list = [...present].sort().map((file) => `\n${file}`);
  throw new AgentopsError(
    'usage',
    `Cannot set up a project here: these files exist already, ${wanted}${list.join('')}`,
  );
}

async function writeAllNew(folder: string, files: readonly InitFile[]): Promise<string[]> {
  for (const file of files) await writeNew(path.join(folder, file.path), file.text);
  return [...files.map((file) => file.path), ...(await ignoreRuns(folder))];
}

async function suitesIn(folder: string): Promise<string[]> {
  if (!(await exists(path.join(folder, 'suites')))) return [];
  const { files, faults } = await findSuiteFiles([], folder);
  const found = [...files, ...faults.map(({ file }) => file)];
  return found.map((file) => path.relative(folder, file));
}

async function presentFiles(folder: string, files: readonly InitFile[]): Promise<string[]> {
  const present = [];
  for (const file of files) {
    if (await exists(path.join(folder, file.path))) present.push(path.normalize(file.path));
  }
  return present;
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await makeFolder(path.dirname(file));
    await writeFile(file, text, { flag: 'wx' });
  } catch (thrown) {
    throw writeFault(file, thrown);
  }
}

/** Adds the line to `.gitignore` where it is not there yet. */
async function ignoreRuns(folder: string): Promise<string[]> {
  const file = path.join(folder, '.gitignore');
  try {
    const text = await readFile(file, 'utf8').catch(onlyAbsent);
    if (text.split(/\r?\n/).includes(IGNORED)) return [];
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    await appendFile(file, `${gap}${IGNORED}\n`);
    return ['.gitignore'];
  } catch (thrown) {
    throw writeFault(file, thrown);
  }
}

function onlyAbsent(thrown: unknown): string {
  if (codeOf(thrown) === 'ENOENT') return '';
  throw thrown;
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
