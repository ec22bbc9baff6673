import { isObject } from '../../json/object.ts';
import type { Trajectory } from '../../model/trajectory.ts';
import { eachRecord, recordFault } from '../each-record.ts';
import type { Converted, Format, ReadOptions, SourceRecord } from '../format.ts';
import { readTauBenchRecord, type TauBenchRecord } from './tau-bench-record.ts';
import { tauBenchSteps } from './tau-bench-steps.ts';
import { tauBenchSuite } from './tau-bench-suite.ts';

/** Result files of tau-bench, one episode a record. */
export const tauBench: Format = {
  key: 'tau-bench',
  words: 'Result files of tau-bench, lists of episodes',
  detect: (values) => Math.max(...values.map(likeness), 0),
  read: (records, options) =>
    eachRecord(records, (value, record) => converted(value, record, options)),
  sideFiles: ['tools', 'tasks', 'optionalWrites'],
  suite: tauBenchSuite,
};

const MARKS = ['task_id', 'trial', 'reward', 'info', 'traj'] as const;

function likeness(value: unknown): number {
  if (!isObject(value) || !Array.isArray(value['traj'])) return 0;
  const found = MARKS.filter((key) => Object.hasOwn(value, key)).length;
  return found >= 3 ? found / MARKS.length : 0;
}

function converted(value: unknown, { index }: SourceRecord, options: ReadOptions): Converted {
  const record = readTauBenchRecord(value);
  const task = record.task_id ?? options.task;
  if (task === undefined) throw recordFault('It has no "task_id", expected the number of its task');
  const labels = labelsOf(record);
  const trial = record.trial ?? null;
  const trajectory: Trajectory = {
    schema_version: 1,
    task: String(task),
    agent: options.agent,
    trial: (trial ?? 0) + 1,
    steps: tauBenchSteps(record.traj),
    ...endOf(record),
    ...(labels && { labels }),
    source: { format: 'tau-bench', file: options.file, index },
  };
  return { trajectory, ...(trial === null && { unnumbered: true }) };
}

/** An episode without a reward reached the step limit, unless it broke off. */
function endOf({ info, traj }: TauBenchRecord): Pick<Trajectory, 'stop' | 'limit' | 'calls'> {
  const calls = callsInText(traj) ? ({ calls: 'not_captured' } as const) : {};
  if (info.reward_info) return { stop: 'completed', ...calls };
  if (info.error !== undefined && info.error !== null) return { stop: null, ...calls };
  return { stop: 'limit', limit: 'turns', ...calls };
}

/** The agents `act` and `react` write their calls into messages, and the results come as the user's. */
function callsInText(messages: readonly unknown[]): boolean {
  return messages.some((message) => {
    if (!isObject(message) || message['role'] !== 'user') return false;
    const { content } = message;
    return typeof content === 'string' && content.startsWith('API output: ');
  });
}

/** The published verdict; a composite reward carries that of tau-bench as one of its components. */
function labelsOf({ reward, info }: TauBenchRecord): Trajectory['labels'] {
  const verdict = info.reward_info?.components?.base_success ?? reward;
  if (typeof verdict !== 'number') return undefined;
  const published = Math.abs(verdict - 1) <= 1e-6 ? 'pass' : 'fail'; // the tolerance of tau-bench
  return { published, reward };
}
