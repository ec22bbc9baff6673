import path from 'node:path';
import type { Command } from 'commander';
import { AgentopsError } from '../errors.ts';
import { formatNamed } from '../formats/choose-format.ts';
import type { SideFiles } from '../formats/format.ts';
import {
  type Imported,
  type ImportFault,
  type ImportItem,
  importFiles,
  trajectoryLines,
} from '../formats/import-files.ts';
import { APPROVALS } from '../formats/inspect-approval/approval-policy.ts';
import { writeSuite } from '../formats/write-suite.ts';
import { atomicWrite } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import { counted } from '../report/figures.ts';
import { safeJsonLine } from '../report/json-text.ts';
import type { ExitCode } from './exit-code.ts';
import { importApprovals } from './import-approvals.ts';
import { checkImportFlags, type ImportFlags, sideFlags, sideNames } from './import-flags.ts';
import { noteText, recordFaultsText, warningText } from './messages.ts';
import { writeAll } from './output.ts';
import { type Stream, streamsOf } from './streams.ts';

/** What came of an import; of faults only the first are kept. */
interface Tally {
  trajectories: number;
  readonly tasks: Set<string>;
  readonly formats: Set<string>;
  readonly faults: ImportFault[];
  faulty: number;
}

const SHOWN_FAULTS = 20;
/** Imports files; returns 3 where only some of the records could be read. Throws `input_fault` where none could. */
export async function runImport(
  files: readonly string[],
  flags: ImportFlags,
  command: Command,
): Promise<ExitCode> {
  const { stdout, stderr } = streamsOf(command);
  if (flags.from === APPROVALS) return importApprovals(files, flags, { stdout, stderr });
  await checkImportFlags(files, flags);
  const { from, agent, task } = flags;
  const options = {
    ...(from !== undefined && { from }),
    ...(agent !== undefined && { agent }),
    ...(task !== undefined && { task }),
  };
  const tally = newTally();
  const items = importFiles(files, options);
  try {
    const written = await write(items, tally, flags, stdout);
    const note = `Imported ${summary(tally)}${written}`;
    await stderr.output.write(await noteText(note, stderr.look));
    for (const warning of unusedSides(flags, tally)) {
      await stderr.output.write(await warningText(warning, stderr.look));
    }
  } finally {
    const text = await recordFaultsText(tally.faults, tally.faulty, stderr.look);
    await stderr.output.write(text);
  }
  return tally.faulty > 0 ? 3 : 0; // what was read is written, but it is not all
}

function newTally(): Tally {
  return { trajectories: 0, tasks: new Set(), formats: new Set(), faults: [], faulty: 0 };
}

/** Counts into a tally. */
function countingIn(tally: Tally) {
  return {
    onFault: (fault: ImportFault) => {
      tally.faulty++;
      if (tally.faults.length < SHOWN_FAULTS) tally.faults.push(fault);
    },
    onTrajectory: ({ trajectory, format }: Imported) => {
      tally.trajectories++;
      tally.tasks.add(trajectory.task);
      tally.formats.add(format.key);
    },
  };
}

/** Throws at the end of the lines where there is none, so that nothing is written. */
async function* atLeastOne(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let any = false;
  for await (const line of lines) {
    any = true;
    yield line;
  }
  if (any) return;
  throw new AgentopsError('input_fault', 'Cannot import: none of the records could be read');
}

/** Writes what was asked for and says what. */
async function write(
  items: AsyncIterable<ImportItem>,
  tally: Tally,
  { suite, out, ...side }: ImportFlags,
  stdout: Stream,
): Promise<string> {
  const { onFault, onTrajectory } = countingIn(tally);
  if (suite === undefined) {
    const lines = atLeastOne(trajectoryLines(items, onFault, onTrajectory));
    if (out === undefined || out === '-') {
      await writeAll(stdout.output, shownSafely(lines));
      return '';
    }
    await makeFolder(path.dirname(path.resolve(out)));
    await atomicWrite(out, lines);
    return `\nWrote ${out}`;
  }
  await makeFolder(path.dirname(path.resolve(suite)));
  if (out !== undefined) await makeFolder(path.dirname(path.resolve(out)));
  const written = await writeSuite(items, {
    file: suite,
    ...(out !== undefined && { recording: out }),
    side: sideFilesOf(side),
    onFault,
    onTrajectory,
  });
  const tasks = counted(written.tasks, 'task');
  return `\nWrote ${written.file} (${tasks}) and ${written.recording}\n\nNext: agentops eval ${written.file}`;
}

/** A terminal, or the log of a CI system, may be what standard output is read on. */
async function* shownSafely(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${safeJsonLine(line.trimEnd())}\n`;
}

function sideFilesOf({ tools, tasks, rules, optionalWrites }: ImportFlags): SideFiles {
  return {
    ...(tools !== undefined && { tools }),
    ...(tasks !== undefined && { tasks }),
    ...(rules !== undefined && { rules }),
    ...(optionalWrites !== undefined && { optionalWrites }),
  };
}

/** What is given and not looked at must not seem to count. */
function unusedSides(flags: ImportFlags, { formats }: Tally): string[] {
  const used = [...formats].flatMap((key) => formatNamed(key).sideFiles ?? []);
  return sideNames
    .filter((name) => flags[name] !== undefined && !used.includes(name))
    .map(
      (name) => `${sideFlags[name]} was not used: ${[...formats].join(', ')} draws nothing from it`,
    );
}

function summary({ trajectories, tasks, formats }: Tally): string {
  const count = counted(trajectories, 'trajectory', 'trajectories');
  return `${count} of ${counted(tasks.size, 'task')} (${[...formats].join(', ')})`;
}
