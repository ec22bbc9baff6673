import { isAscii, isUtf8 } from 'node:buffer';
import path from 'node:path';
import * as z from 'zod';
import { AgentopsError, messageOf } from '../errors.ts';
import { readTrajectory } from '../formats/agentops.ts';
import { openWindow, type WindowReader } from '../io/window-reader.ts';
import { isObject } from '../json/object.ts';
import type { AgentEntry, Suite } from '../model/suite.ts';
import type { Step, Trajectory } from '../model/trajectory.ts';
import { chosen } from '../suite/chosen.ts';
import { got } from '../suite/schema-message.ts';
import type { AgentKind, DriveEnd, DriveTask, OpenAgent } from './agent.ts';
import { indexRecording, type RecordingIndex, rowKey } from './recording-index.ts';

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
    // biome-ignore lint/correctness/useYield: a recording has all its steps at once
    drive: async function* (task) {
      reader ??= openWindow(file);
      const { trajectory, record } = readRecorded(task, index, reader, { shown, agent });
      return endOf(trajectory, keeps && trajectory.suite === suite.name ? record : undefined);
    },
    recorded: (task, attack) => highest(index, rowKey(task, attack)),
    unreadable: index.unreadable,
    source: shown,
    leftOver: (plan) => leftOver(index, plan, shown, entry.name),
    recordings: { [shown]: index.digest },
    close: () => reader?.close(),
  };
}

function readRecorded(
  task: DriveTask,
  index: RecordingIndex,
  reader: WindowReader,
  { shown, agent }: { shown: string; agent: string },
): { trajectory: Trajectory; record: Uint8Array } {
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
  const record = reader.read(at.offset, at.bytes);
  const read = readTrajectory(parse(record, place));
  if ('fault' in read)
    throw new AgentopsError('input_fault', `Cannot read ${place}: ${read.fault}`);
  const { trajectory } = read;
  if (
    trajectory.task !== task.task ||
    trajectory.trial !== task.trial ||
    trajectory.agent !== agent
  ) {
    throw new AgentopsError(
      'input_fault',
      `Cannot read ${place}: it names its task, agent or trial twice`,
    );
  }
  return { trajectory, record };
}

function parse(record: Buffer, place: string): unknown {
  const plain = isAscii(record);
  if (!plain && !isUtf8(record)) {
    throw new AgentopsError('input_fault', `Cannot read ${place}: it is not UTF-8`);
  }
  try {
    return JSON.parse(record.toString(plain ? 'latin1' : 'utf8'));
  } catch (cause) {
    const words = `Cannot read ${place}: it is not valid JSON: ${messageOf(cause)}`;
    throw new AgentopsError('input_fault', words, { cause });
  }
}

function endOf(trajectory: Trajectory, record: Uint8Array | undefined): DriveEnd {
  const { stop, limit, world, calls, labels, source } = trajectory;
  return {
    steps: trajectory.steps as Step[], // the schema of the record
    stop,
    ...(limit !== undefined && { limit }),
    ...(world !== undefined && { world }),
    ...(calls !== undefined && { calls }),
    ...(labels !== undefined && { labels }),
    ...(source !== undefined && { source }),
    ...(record && { record }),
  };
}

function highest(index: RecordingIndex, key: string): number {
  let most = 0;
  for (const trial of index.rows.get(key)?.keys() ?? []) most = Math.max(most, trial);
  return most;
}

/** Lines that no planned trial takes, counted. `plan` holds the planned trials by row key. */
function leftOver(
  index: RecordingIndex,
  plan: ReadonlyMap<string, number>,
  shown: string,
  agent: string,
): string[] {
  let untaken = 0;
  for (const [key, trials] of index.rows) {
    const [task = '', attack] = key.split('\0');
    const planned = plan.get(task);
    if (planned === undefined) continue;
    for (const trial of trials.keys()) if (trial > planned || attack !== undefined) untaken++;
  }
  const warnings: string[] = [];
  const lines = (count: number) => (count === 1 ? '1 line' : `${count} lines`);
  if (index.foreign > 0) {
    warnings.push(
      `${lines(index.foreign)} of "${shown}" for ${agent} name tasks that the suite lacks`,
    );
  }
  if (untaken > 0) {
    warnings.push(
      `${lines(untaken)} of "${shown}" for ${agent} are of trials that are not planned`,
    );
  }
  return warnings;
}
