import { isAscii, isUtf8 } from 'node:buffer';
import path from 'node:path';
import * as z from 'zod';
import { AgentopsError, messageOf } from '../errors.ts';
import { readTrajectory } from '../formats/agentops.ts';
import { openWindow, type WindowReader } from '../io/window-reader.ts';
import { isObject } from '../json/object.ts';
import type { AgentEntry, Suite } from '../model/suite.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { chosen } from '../suite/chosen.ts';
import { got, someOf } from '../suite/schema-message.ts';
import type { AgentKind, DriveTask, OpenAgent } from './agent.ts';
import { recordedEnd } from './recorded-end.ts';
import type { Recorded } from './recorded-trials.ts';
import { indexRecording, namesOfRow, type RecordingIndex, rowKey } from './recording-index.ts';

const File = z.string().min(1).describe('A *.trajectories.jsonl file');
const Named = z.strictObject({
  file: File,
  agent: z
    .string()
    .min(1)
    .optional()
    .describe('Whose lines to take; the name of this agent unless given'),
});

/** Replays recorded trajectories: no agent runs. */
export const replay: AgentKind = {
  key: 'replay',
  words: 'Recorded trajectories: judges what happened, runs no agent',
  replays: true,
  schema: chosen(
    (value) => {
      if (typeof value === 'string') return 0;
      return isObject(value)
        ? 1
        : `Expected the path of a recording or { file, agent }, ${got(value)}`;
    },
    File,
    Named,
  ),
  files: (value) => [{ path: typeof value === 'string' ? [] : ['file'], file: fileOf(value) }],
  open: openReplay,
};

function fileOf(config: unknown): string {
  return typeof config === 'string' ? config : (config as z.infer<typeof Named>).file; // validated
}

async function openReplay(entry: AgentEntry, suite: Suite): Promise<OpenAgent> {
  const file = path.resolve(path.dirname(suite.file), fileOf(entry.config));
  const { agent = entry.name } =
    typeof entry.config === 'string' ? {} : (entry.config as z.infer<typeof Named>); // validated
  const tasks = new Set(suite.tasks.map((task) => task.id));
  const index = await indexRecording(file, { suite: suite.name, agent, tasks });
  const shown = path.relative(suite.root, file).split(path.sep).join('/');
  let reader: WindowReader | null = null;
  const keeps = agent === entry.name;
  return {
    isLive: false,
    prepare: async () => undefined,
    drive: async (task) => {
      reader ??= openWindow(file);
      const { trajectory, record } = readRecorded(task, index, reader, { shown, agent });
      return recordedEnd(trajectory, keeps ? recordOf(suite.name, trajectory, record) : undefined);
    },
    recorded: (task, attack) => index.rows.get(rowKey(task, attack))?.highest ?? 0,
    unreadableTrials: (task, attack, last) => {
      const above = trialsAbove(index, rowKey(task, attack), last);
      if (above.length === 0) return [];
      reader ??= openWindow(file);
      const window = reader;
      return above.filter(({ at }) => !isReadable(at, window, shown)).map(({ trial }) => trial);
    },
    unreadable: index.unreadable,
    source: shown,
    leftOver: (planned) => leftOver(index, planned, shown, entry.name),
    recordings: { [shown]: index.digest },
    close: () => reader?.close(),
  };
}

function readRecorded(
  task: DriveTask,
  index: RecordingIndex,
  reader: WindowReader,
  { shown, agent }: { shown: string; agent: string },
): { trajectory: Trajectory; record: string } {
  const at = index.rows.get(rowKey(task.task, task.attack))?.get(task.trial);
  if (!at) {
    throw new AgentopsError(
      'input_fault',
      `Trial ${task.trial} is not recorded in "${shown}" for the agent ${agent}`,
    );
  }
  const place = `"${shown}" line ${at.line}`;
  if (at.fault !== undefined)
    throw new AgentopsError('input_fault', `Cannot read ${place}: ${at.fault}`);
  const record = textOf(reader.read(at.offset, at.bytes), place);
  const read = readTrajectory(parse(record, place));
  if ('fault' in read)
    throw new AgentopsError('input_fault', `Cannot read ${place}: ${read.fault}`);
  if (!isNamed(read.trajectory, task, agent)) {
    throw new AgentopsError('input_fault', `Cannot read ${place}: it gives one of its names twice`);
  }
  return { trajectory: read.trajectory, record };
}

/** Whether a whole record has the names that its head gave it. */
function isNamed(trajectory: Trajectory, task: DriveTask, agent: string): boolean {
  return (
    trajectory.task === task.task &&
    trajectory.trial === task.trial &&
    trajectory.agent === agent &&
    (trajectory.attack ?? null) === task.attack &&
    (trajectory.suite ?? task.suite) === task.suite
  );
}

function textOf(bytes: Buffer, place: string): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw new AgentopsError('input_fault', `Cannot read ${place}: it is not UTF-8`);
}

function parse(record: string, place: string): unknown {
  try {
    return JSON.parse(record);
  } catch (cause) {
    const words = `Cannot read ${place}: it is not valid JSON: ${messageOf(cause)}`;
    throw new AgentopsError('input_fault', words, { cause });
  }
}

/** The line to keep of a record: as it was read, with its suite put in where it names none; undefined where it must be written anew. */
function recordOf(suite: string, trajectory: Trajectory, record: string): string | undefined {
  if (trajectory.suite === suite) return record;
  if (Object.hasOwn(trajectory, 'suite')) return undefined;
  const start = record.indexOf('{') + 1;
  return `${record.slice(0, start)}"suite":${JSON.stringify(suite)},${record.slice(start)}`;
}

/** The recorded trials of a row behind a number, in order. */
function trialsAbove(index: RecordingIndex, key: string, last: number) {
  const row = index.rows.get(key);
  const above: { trial: number; at: Recorded }[] = [];
  for (const trial of row?.trials() ?? []) {
    const at = trial > last ? row?.get(trial) : undefined;
    if (at) above.push({ trial, at });
  }
  return above.sort((a, b) => a.trial - b.trial);
}

function isReadable({ offset, bytes, unreadable }: Recorded, reader: WindowReader, file: string) {
  if (unreadable) return false;
  try {
    parse(textOf(reader.read(offset, bytes), file), file);
    return true;
  } catch {
    return false; // the trial that is planned for it says why
  }
}

/** Lines that no planned trial takes, counted. */
function leftOver(
  index: RecordingIndex,
  plannedOf: Parameters<OpenAgent['leftOver']>[0],
  shown: string,
  agent: string,
): string[] {
  let untaken = 0;
  const unknown = new Set<string>();
  for (const [key, trials] of index.rows) {
    const [task, attack] = namesOfRow(key);
    const planned = plannedOf(task, attack);
    if (planned === null) continue;
    if (attack !== null && !planned.has(1)) unknown.add(JSON.stringify(attack.slice(0, 80))); // each row has a first trial
    for (const trial of trials.trials()) if (!planned.has(trial)) untaken++;
  }
  const { foreign } = index;
  const lines = (count: number) =>
    `${count} ${count === 1 ? 'line' : 'lines'} of "${shown}" for ${agent}`;
  const warnings: string[] = [];
  if (foreign > 0) {
    const words = foreign === 1 ? 'names a task' : 'name tasks';
    warnings.push(`${lines(foreign)} ${words} that the suite lacks`);
  }
  if (untaken > 0) {
    const words = untaken === 1 ? 'is of a trial that is' : 'are of trials that are';
    const attacks =
      unknown.size === 0 ? '' : `; no row of its task has the attack ${someOf([...unknown])}`;
    warnings.push(`${lines(untaken)} ${words} not planned${attacks}`);
  }
  return warnings;
}
