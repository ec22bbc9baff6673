import path from 'node:path';
import type { Command } from 'commander';
import { AgentopsError } from '../errors.ts';
import { type ImportFault, type ImportItem, importFiles } from '../formats/import-files.ts';
import { writeSuite } from '../formats/write-suite.ts';
import { atomicWrite } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import { counted } from '../report/figures.ts';
import type { ExitCode } from './exit-code.ts';
import { noteText, recordFaultsText } from './messages.ts';
import { writeAll } from './output.ts';
import { type Stream, streamsOf } from './streams.ts';

/** What `agentops import` was given beside the files. */
export interface ImportFlags {
  readonly from?: string;
  readonly agent?: string;
  readonly task?: string;
  readonly out?: string;
  readonly suite?: string;
  readonly tools?: string;
  readonly tasks?: string;
  readonly rules?: string;
  readonly optionalWrites?: string;
}

/** What came of an import; of faults only the first are kept. */
interface Tally {
  trajectories: number;
  readonly tasks: Set<string>;
  readonly formats: Set<string>;
  readonly faults: ImportFault[];
  faulty: number;
}

const SHOWN_FAULTS = 20;
const SIDE_FILES = ['tools', 'tasks', 'rules', 'optionalWrites'] as const;

/** Imports files; returns 3 where only some of the records could be read. Throws `input_fault` where none could. */
export async function runImport(
  files: readonly string[],
  flags: ImportFlags,
  command: Command,
): Promise<ExitCode> {
  const { stdout, stderr } = streamsOf(command);
  refuseStraySideFiles(flags);
  const { from, agent, task } = flags;
  const options = {
    ...(from !== undefined && { from }),
    ...(agent !== undefined && { agent }),
    ...(task !== undefined && { task }),
  };
  const tally: Tally = {
    trajectories: 0,
    tasks: new Set(),
    formats: new Set(),
    faults: [],
    faulty: 0,
  };
  const items = tallied(importFiles(files, options), tally);
  try {
    const written = await write(items, flags, stdout);
    const note = `Imported ${summary(tally)}${written}`;
    await stderr.output.write(await noteText(note, stderr.look));
  } finally {
    const text = await recordFaultsText(tally.faults, tally.faulty, stderr.look);
    await stderr.output.write(text);
  }
  return tally.faulty > 0 ? 3 : 0; // what was read is written, but it is not all
}

/** Counts items as they pass; throws at their end where none could be read, so that nothing is written. */
async function* tallied(
  items: AsyncIterable<ImportItem>,
  tally: Tally,
): AsyncGenerator<ImportItem> {
  for await (const item of items) {
    if ('fault' in item) {
      tally.faulty++;
      if (tally.faults.length < SHOWN_FAULTS) tally.faults.push(item.fault);
    } else {
      tally.trajectories++;
      tally.tasks.add(item.trajectory.task);
      tally.formats.add(item.format.key);
    }
    yield item;
  }
  if (tally.trajectories === 0) {
    throw new AgentopsError('input_fault', 'Cannot import: none of the records could be read');
  }
}

/** Writes what was asked for and says what. */
async function write(
  items: AsyncIterable<ImportItem>,
  { suite, out, ...side }: ImportFlags,
  stdout: Stream,
): Promise<string> {
  if (suite === undefined) {
    if (out === undefined || out === '-') {
      await writeAll(stdout.output, lines(items));
      return '';
    }
    await makeFolder(path.dirname(path.resolve(out)));
    await atomicWrite(out, lines(items));
    return `\nWrote ${out}`;
  }
  await makeFolder(path.dirname(path.resolve(suite)));
  if (out !== undefined) await makeFolder(path.dirname(path.resolve(out)));
  const written = await writeSuite(items, {
    file: suite,
    ...(out !== undefined && { recording: out }),
    side: sideFilesOf(side),
    onFault: () => undefined, // counted as they passed
  });
  const tasks = counted(written.tasks, 'task');
  return `\nWrote ${written.file} (${tasks}) and ${written.recording}\n\nNext: agentops eval ${written.file}`;
}

async function* lines(items: AsyncIterable<ImportItem>): AsyncGenerator<string> {
  for await (const item of items) if (!('fault' in item)) yield `${item.line}\n`;
}

function sideFilesOf(flags: ImportFlags) {
  const given = SIDE_FILES.flatMap((name) => {
    const file = flags[name];
    return file === undefined ? [] : [[name, file] as const];
  });
  return Object.fromEntries(given);
}

function refuseStraySideFiles(flags: ImportFlags): void {
  if (flags.suite !== undefined) return;
  const stray = SIDE_FILES.find((name) => flags[name] !== undefined);
  if (stray === undefined) return;
  const flag = stray === 'optionalWrites' ? 'optional-writes' : stray;
  throw new AgentopsError(
    'usage',
    `Cannot use --${flag} alone: it is for the suite that --suite FILE writes`,
  );
}

function summary({ trajectories, tasks, formats }: Tally): string {
  const count = counted(trajectories, 'trajectory', 'trajectories');
  return `${count} of ${counted(tasks.size, 'task')} (${[...formats].join(', ')})`;
}
