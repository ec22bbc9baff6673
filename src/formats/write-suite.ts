import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import { atomicWrite } from '../io/atomic-write.ts';
import type { Format, SideFiles } from './format.ts';
import type { Imported, ImportFault, ImportItem } from './import-files.ts';
import { suiteYaml } from './suite-yaml.ts';
import { type SuiteDraft, type SuiteHead, trajectoryToSuite } from './trajectory-to-suite.ts';

/** Where a suite is written, and what it is drawn from. */
export interface WriteSuiteOptions {
  /** The suite file. */
  readonly file: string;
  /** The recording; `<suite>.trajectories.jsonl` beside the suite unless given. */
  readonly recording?: string;
  readonly side?: SideFiles;
  /** Told of everything that could not be read. */
  readonly onFault: (fault: ImportFault) => void;
}

/** What was written. */
export interface WrittenSuite {
  readonly file: string;
  readonly recording: string;
  readonly tasks: number;
  readonly trajectories: number;
}

/** Writes imported trajectories and a suite that judges them; neither file is touched before both can be made. Throws `usage`, `input_fault` and `disk_fault`. */
export async function writeSuite(
  items: AsyncIterable<ImportItem>,
  options: WriteSuiteOptions,
): Promise<WrittenSuite> {
  const { file, onFault } = options;
  const name = path.basename(file).replace(/(\.suite)?\.ya?ml$/, '');
  const recording =
    options.recording ?? path.join(path.dirname(file), `${name}.trajectories.jsonl`);
  const written = { file, recording, tasks: 0, trajectories: 0 };
  let text = '';
  async function* lines() {
    const draft = draftOfOneFormat(options.side ?? {});
    for await (const item of items) {
      if ('fault' in item) onFault(item.fault);
      else {
        await draft.add(item);
        written.trajectories++;
        yield lineFor(item, name);
      }
    }
    const suite = draft.finish({ suite: name, recording: pathFrom(path.dirname(file), recording) });
    written.tasks = Array.isArray(suite['tasks']) ? suite['tasks'].length : 0;
    text = suiteYaml(suite);
  }
  await atomicWrite(recording, lines());
  await atomicWrite(file, text);
  return written;
}

/** A path as a suite writes it: relative, with slashes, and marked as a path. */
function pathFrom(folder: string, file: string): string {
  const relative = path.relative(folder, file).split(path.sep).join('/');
  return relative.startsWith('../') ? relative : `./${relative}`;
}

/** A record that names another suite would be passed over by this one. */
function lineFor({ trajectory, line }: Imported, suite: string): string {
  if (typeof trajectory.suite !== 'string' || trajectory.suite === suite) return `${line}\n`;
  return `${JSON.stringify({ ...trajectory, suite })}\n`;
}

/** Collects a suite from trajectories of one format, whose own knowledge of tasks is asked for at the first. */
function draftOfOneFormat(side: SideFiles) {
  let format: Format | null = null;
  let draft: SuiteDraft | null = null;
  return {
    add: async (item: Imported): Promise<void> => {
      format ??= item.format;
      if (format !== item.format) {
        const both = `${format.key} and ${item.format.key}`;
        throw new AgentopsError(
          'usage',
          `Cannot write one suite from ${both}: expected one format`,
        );
      }
      draft ??= trajectoryToSuite((await format.suite?.(side)) ?? null);
      draft.add(item.trajectory, item.origin);
    },
    finish: (head: SuiteHead): Record<string, unknown> =>
      (draft ?? trajectoryToSuite(null)).finish(head),
  };
}
