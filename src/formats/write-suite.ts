import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import { atomicWriteAll, type FileToWrite } from '../io/atomic-write.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { Format, SideFiles, TaskDraft } from './format.ts';
import { faultAt, type Imported, type ImportFault, type ImportItem } from './import-files.ts';
import { isSuiteName, recordingBeside, suiteNameOf, tasksBeside } from './suite-names.ts';
import { suiteYaml } from './suite-yaml.ts';
import { type SuiteDraft, type SuiteHead, trajectoryToSuite } from './trajectory-to-suite.ts';

/** Where a suite is written, and what it is drawn from. */
export interface WriteSuiteOptions {
  /** The suite file. */
  readonly file: string;
  /** The recording; `<suite>.trajectories.jsonl` beside the suite unless given. */
  readonly recording?: string;
  readonly side?: SideFiles;
  /** Told of everything that could not be read, or that a suite cannot hold. */
  readonly onFault: (fault: ImportFault) => void;
  /** Told of everything that is written. */
  readonly onTrajectory?: (imported: Imported) => void;
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
  const { file, recording = recordingBeside(file) } = options;
  const suite = suiteNameOf(file);
  const draft = draftOfOneFormat(options.side ?? {});
  const written = { file, recording, tasks: 0, trajectories: 0 };
  async function* lines() {
    for await (const imported of judgeable(items, draft, options)) {
      written.trajectories++;
      options.onTrajectory?.(imported);
      yield lineFor(imported, suite);
    }
  }
  async function* files(): AsyncGenerator<FileToWrite> {
    yield { file: recording, content: lines() }; // the suite is known once they are written
    const tasks = draft.tasks();
    written.tasks = tasks.length;
    const head = { suite, recording: pathFrom(path.dirname(file), recording) };
    if (tasks.length <= MOST_TASKS) {
      yield { file, content: suiteYaml(draft.finish(head)) };
      return;
    }
    const beside = tasksBeside(file);
    yield { file: beside, content: taskLines(tasks) };
    const from = pathFrom(path.dirname(file), beside);
    yield { file, content: suiteYaml(draft.finish({ ...head, tasks: from })) };
  }
  await atomicWriteAll(files());
  return written;
}

/** Tasks that a suite holds itself; where there are more, they are lines of a file beside it. */
const MOST_TASKS = 1000;

function* taskLines(tasks: readonly TaskDraft[]): Generator<string> {
  for (const task of tasks) yield `${JSON.stringify(task)}\n`;
}

type Draft = ReturnType<typeof draftOfOneFormat>;

/** Trajectories that the suite has a task for; one that does not tell its task waits whether another one does. */
async function* judgeable(
  items: AsyncIterable<ImportItem>,
  draft: Draft,
  { onFault }: WriteSuiteOptions,
): AsyncGenerator<Imported> {
  const waiting: { imported: Imported; fault: ImportFault }[] = [];
  for await (const item of items) {
    const message = 'fault' in item ? null : (nameFault(item) ?? null);
    if ('fault' in item) onFault(item.fault);
    else if (message !== null) onFault(faultAt(item.place, message).fault);
    else {
      const undrawn = await draft.add(item);
      if (undrawn === null) yield item;
      else {
        const { fault } = faultAt(item.place, undrawn.message);
        waiting.push({ imported: { ...item, origin: null }, fault });
      }
    }
  }
  for (const { imported, fault } of waiting) {
    if (draft.adopt(imported)) yield imported;
    else onFault(fault);
  }
}

/** Says what a suite cannot call a task, an agent or an attack. */
function nameFault({ trajectory }: Imported): string | null {
  for (const key of ['task', 'agent', 'attack'] as const) {
    const name = trajectory[key] ?? null;
    if (name === null) continue;
    const shown = `Its ${key} ${JSON.stringify(name)} cannot be in a suite`;
    if (!isSuiteName(name)) return `${shown}, expected a name without control characters`;
    if (key === 'attack' && name === 'none') return `${shown}, where it means no attack`;
  }
  return null;
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
  const refuseForeign = tasksOfOneSuite();
  return {
    add: async ({ trajectory, format: own, origin }: Imported): Promise<AgentopsError | null> => {
      format ??= own;
      if (format !== own) {
        const both = `${format.key} and ${own.key}`;
        throw new AgentopsError(
          'usage',
          `Cannot write one suite from ${both}: expected one format`,
        );
      }
      refuseForeign(trajectory);
      draft ??= trajectoryToSuite((await format.suite?.(side)) ?? null);
      return draft.add(trajectory, origin);
    },
    adopt: ({ trajectory }: Imported): boolean => draft?.adopt(trajectory) === true,
    tasks: (): readonly TaskDraft[] => draft?.tasks() ?? [],
    finish: (head: SuiteHead): Record<string, unknown> =>
      (draft ?? trajectoryToSuite(null)).finish(head),
  };
}

/** Refuses two tasks of one name: in one suite the trials of both would be taken for those of one. */
function tasksOfOneSuite(): (trajectory: Trajectory) => void {
  const suites = new Map<string, string | null>();
  return ({ task, suite = null }) => {
    const first = suites.get(task);
    if (first === undefined) suites.set(task, suite);
    if (first === undefined || first === suite) return;
    const both = [first, suite].map((name) => (name === null ? 'no suite' : `"${name}"`));
    const message = `Cannot write one suite: task "${task}" is recorded for ${both.join(' and ')}, expected tasks of one suite`;
    throw new AgentopsError('input_fault', message);
  };
}
