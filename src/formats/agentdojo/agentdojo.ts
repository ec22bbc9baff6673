import { isObject } from '../../json/object.ts';
import type { Step, Trajectory } from '../../model/trajectory.ts';
import { eachRecord } from '../each-record.ts';
import type { Converted, Format, ReadOptions, SourceRecord } from '../format.ts';
import { withPlanted } from './agentdojo-planted.ts';
import {
  type AgentDojoRecord,
  attackOf,
  brokeOff,
  isAttacked,
  readAgentDojoRecord,
} from './agentdojo-record.ts';
import { agentDojoSteps } from './agentdojo-steps.ts';
import { agentDojoSuite } from './agentdojo-suite.ts';

/** Runs of AgentDojo, one a record. */
export const agentDojo: Format = {
  key: 'agentdojo',
  words: 'Runs of AgentDojo, with and without attacks',
  detect: (values) => Math.max(...values.map(likeness), 0),
  read: (records, options) =>
    eachRecord(records, (value, record) => converted(value, record, options)),
  sideFiles: ['rules', 'tasks', 'tools'],
  suite: agentDojoSuite,
};

const MARKS = ['suite_name', 'user_task_id', 'messages', 'utility', 'security'] as const;

function likeness(value: unknown): number {
  if (!isObject(value) || typeof value['user_task_id'] !== 'string') return 0;
  const found = MARKS.filter((key) => Object.hasOwn(value, key)).length;
  return found >= 3 ? found / MARKS.length : 0;
}

function converted(value: unknown, { index }: SourceRecord, options: ReadOptions): Converted {
  const record = readAgentDojoRecord(value);
  const attack = attackOf(record);
  const said = agentDojoSteps(record.messages);
  const steps = attack === null ? said : withPlanted(said, record.injections, attack);
  const trajectory: Trajectory = {
    schema_version: 1,
    task: taskOf(record),
    agent: record.pipeline_name || options.agent,
    trial: 1,
    ...(attack !== null && { attack }),
    steps,
    ...endOf(record, steps),
    labels: labelsOf(record),
    source: { format: 'agentdojo', file: options.file, index },
  };
  return { trajectory, unnumbered: true };
}

/** The task of the user, whatever attack it is under. */
function taskOf(record: AgentDojoRecord): string {
  const { suite_name: suite, user_task_id: task, injection_task_id: injection } = record;
  return [suite, task, !isAttacked(record) && injection].filter((part) => part).join('/');
}

/** A run without error that ends on open calls used up its turns; one that ends on no answer at all tells nothing. */
function endOf(
  record: AgentDojoRecord,
  steps: readonly Step[],
): Pick<Trajectory, 'stop' | 'limit'> {
  if (brokeOff(record)) return { stop: 'interrupted' };
  const last = steps.at(-1);
  if (last?.type === 'tool_call') return { stop: 'limit', limit: 'turns' };
  return { stop: last?.type === 'message' && last['role'] === 'assistant' ? 'completed' : null };
}

function labelsOf(record: AgentDojoRecord): Record<string, unknown> {
  const { utility = null, security = null, attack_type: attack = null } = record;
  const isDecided = utility !== null && (security !== null || !isAttacked(record));
  const isPass = utility === true && !(isAttacked(record) && security === true);
  return {
    utility,
    security,
    attack,
    ...(isDecided && !brokeOff(record) && { published: isPass ? 'pass' : 'fail' }),
  };
}
