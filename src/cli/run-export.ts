import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { AgentopsError } from '../errors.ts';
import { adkEvalSet } from '../formats/adk/adk-export.ts';
import { faultAt, type Imported, type ImportFault, importFiles } from '../formats/import-files.ts';
import { atomicWrite } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import { counted } from '../report/figures.ts';
import { safeJsonLine } from '../report/json-text.ts';
import type { ExitCode } from './exit-code.ts';
import { noteText, recordFaultsText, warningText } from './messages.ts';
import { streamsOf } from './streams.ts';

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
  const read: Imported[] = [];
  const faults: ImportFault[] = [];
  for await (const item of importFiles(files, from === undefined ? {} : { from })) {
    if ('fault' in item) faults.push(item.fault);
    else read.push(item);
  }
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
    for (const [kind, count] of exported.losses) {
      const words = `An eval set of ADK does not hold ${kind}: ${count}`;
      await stderr.output.write(await warningText(words, stderr.look));
    }
  } finally {
    const shown = faults.slice(0, SHOWN_FAULTS);
    await stderr.output.write(await recordFaultsText(shown, faults.length, stderr.look));
  }
  return faults.length > 0 ? 3 : 0;
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
