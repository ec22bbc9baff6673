import { appendFile, lstat, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { AgentopsError } from '../../errors.ts';
import { codeOf, writeFault } from '../../io/disk-fault.ts';
import { makeFolder } from '../../io/make-folder.ts';
import { findSuiteFiles } from '../../suite/find-suite-files.ts';
import { IGNORED, type InitFile, initFiles } from '../init-files.ts';
import { noteText } from '../messages.ts';
import { streamsOf } from '../streams.ts';
import { schemaText } from './schema.ts';

/** Registers `init`: writes a first suite with all that it takes to run. */
export function initCommand(program: Command): void {
  program
    .command('init')
    .description('Writes a first suite, its tools, an agent and a CI workflow that run as they are')
    .action(async (_options: unknown, command: Command) => {
      const { stdout } = streamsOf(command);
      const schema = `${JSON.stringify(JSON.parse(await schemaText('suite')))}\n`;
      const files = initFiles(__AGENTOPS_VERSION__, schema);
      const written = await initProject(process.cwd(), files);
      const list = written.map((file) => `  ${file}`).join('\n');
      const note = `Wrote\n${list}\n\nNext: agentops eval`;
      await stdout.output.write(await noteText(note, stdout.look));
    });
}

/** Writes the files into a folder and returns their paths. Throws `usage` where one of them, or any suite, is there already: then nothing is written. */
export async function initProject(folder: string, files: readonly InitFile[]): Promise<string[]> {
  const present = await presentFiles(folder, files);
  if (present.length > 0) {
    const list = present.map((file) => `\n${file}`).join('');
    throw new AgentopsError(
      'usage',
      `Cannot set up a project here: these files exist already, expected a folder without suites${list}`,
    );
  }
  for (const file of files) await writeNew(path.join(folder, file.path), file.text);
  return [...files.map((file) => file.path), ...(await ignoreRuns(folder))];
}

async function presentFiles(folder: string, files: readonly InitFile[]): Promise<string[]> {
  const suites = (await exists(path.join(folder, 'suites')))
    ? await findSuiteFiles([], folder)
    : { files: [], faults: [] };
  const found = [...suites.files, ...suites.faults.map(({ file }) => file)];
  const present = new Set(found.map((file) => path.relative(folder, file)));
  for (const file of files) {
    if (await exists(path.join(folder, file.path))) present.add(path.normalize(file.path));
  }
  return [...present].sort();
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
