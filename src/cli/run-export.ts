import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { AgentopsError } from '../errors.ts';
import { adkEvalSet } from '../formats/adk/adk-export.ts';
import { lose } from '../formats/adk/adk-losses.ts';
import { adkTaskTrajectory } from '../formats/adk/adk-task-trajectory.ts';
import { faultAt, type Imported, type ImportFault, importFiles } from '../formats/import-files.ts';
import { atomicWrite } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import { counted } from '../report/figures.ts';
import { safeJsonLine } from '../report/json-text.ts';
import type { ExitCode } from './exit-code.ts';
import { loadForEval } from './load-for-eval.ts';
import { noteText, recordFaultsText, warningText } from './messages.ts';
import { type Stream, streamsOf } from './streams.ts';

/** What `agentops export` was given beside the files. */
export interface ExportFlags {
  readonly to: string;
  readonly from?: string;
  readonly out?: string;
}

const SHOWN_FAULTS = 20;

/** Exports trajectories; returns 3 where only some of the records could be. Throws `input_fault` where none could. */
export async function runExport(
  files: readonly string[],
  flags: ExportFlags,
  command: Command,
): Promise<ExitCode> {
  const { stdout, stderr } = streamsOf(command);
  await checkExportFlags(files, flags);
  const { from, out } = flags;
  const isSuite = (file: string) => /\.ya?ml$/.test(file);
  const { read, faults, losses } = files.every(isSuite)
    ? await readSuites(files, stderr)
    : await readRecords(files, from);
  const name = path.basename(out && out !== '-' ? out : (files[0] ?? 'export')).split('.')[0];
  const trajectories = read.map(({ trajectory }) => trajectory);
  const exported = adkEvalSet(trajectories, name || 'export');
  for (const { index, words } of exported.faults) {
    const at = read[index];
    if (at) faults.push(faultAt(at.place, words).fault);
  }
  try {
    if (exported.cases === 0) {
      throw new AgentopsError('input_fault', 'Cannot export: none of the records could be a case');
    }
    if (out === undefined || out === '-') {
      await stdout.output.write(`${safeJsonLine(JSON.stringify(exported.set))}\n`);
    } else {
      await makeFolder(path.dirname(path.resolve(out)));
      await atomicWrite(out, `${JSON.stringify(exported.set, null, 2)}\n`);
    }
    const wrote = out === undefined || out === '-' ? '' : `\nWrote ${out}`;
    const note = `Exported ${counted(exported.cases, 'case')} (${flags.to})${wrote}`;
    await stderr.output.write(await noteText(note, stderr.look));
    for (const [kind, count] of [...losses, ...exported.losses]) {
      const words = `An eval set of ADK does not hold ${kind}: ${count}`;
      await stderr.output.write(await warningText(words, stderr.look));
    }
  } finally {
    const shown = faults.slice(0, SHOWN_FAULTS);
    await stderr.output.write(await recordFaultsText(shown, faults.length, stderr.look));
  }
  return faults.length > 0 ? 3 : 0;
}

/** What is to be exported, with where it comes from. */
interface Read {
  readonly read: readonly Pick<Imported, 'trajectory' | 'place'>[];
  readonly faults: ImportFault[];
  readonly losses: ReadonlyMap<string, number>;
}

async function readRecords(files: readonly string[], from: string | undefined): Promise<Read> {
  const read: Imported[] = [];
  const faults: ImportFault[] = [];
  for await (const item of importFiles(files, from === undefined ? {} : { from })) {
    if ('fault' in item) faults.push(item.fault);
    else read.push(item);
  }
  return { read, faults, losses: new Map() };
}

/** What the tasks of suites expect, as trajectories. Throws `usage` where a suite has a fault, which is told. */
async function readSuites(files: readonly string[], stderr: Stream): Promise<Read> {
  const suites = await loadForEval(files, stderr);
  if (suites === null) throw new AgentopsError('usage', 'Cannot export a suite that has faults');
  const faults: ImportFault[] = [];
  const losses = new Map<string, number>();
  const read = suites.flatMap((suite) =>
    suite.tasks.flatMap((task) => {
      const place = { file: path.relative(process.cwd(), task.at.file), line: task.at.line };
      try {
        const own = new Map<string, number>();
        const { trajectory, match } = adkTaskTrajectory(task, own);
        if (match !== 'exact')
          lose(
            own,
            `that calls are ${match}, which test_config.json says as match_type ${match.toUpperCase()}`,
          );
        for (const [kind, count] of own) lose(losses, kind, count);
        return [{ trajectory, place }];
      } catch (thrown) {
        if (!(thrown instanceof AgentopsError)) throw thrown;
        faults.push({ ...place, message: thrown.message });
        return [];
      }
    }),
  );
  for (const { expect } of suites)
    lose(losses, 'expectations of all tasks', Object.keys(expect).length);
  return { read, faults, losses };
}

async function checkExportFlags(files: readonly string[], { to, out }: ExportFlags): Promise<void> {
  if (to !== 'adk-evalset') {
    throw new AgentopsError('usage', `Cannot export --to "${to}": known is adk-evalset`);
  }
  if (out === '') {
    throw new AgentopsError('usage', 'Cannot use --out "": expected the path of a file');
  }
  if (out === undefined || out === '-') return;
  const target = await realpath(out).catch(() => path.resolve(out));
  for (const file of files) {
    if ((await realpath(file).catch(() => path.resolve(file))) !== target) continue;
    const message = `Cannot write "${out}": it is read by this export, expected another file`;
    throw new AgentopsError('usage', message);
  }
}
