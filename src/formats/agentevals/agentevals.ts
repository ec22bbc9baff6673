import { isObject } from '../../json/object.ts';
import type { Trajectory } from '../../model/trajectory.ts';
import { eachRecord } from '../each-record.ts';
import type { Converted, Format, ReadOptions, SourceRecord } from '../format.ts';
import { type AgentevalsCase, readAgentevalsCase } from './agentevals-case.ts';
import { agentevalsSteps } from './agentevals-steps.ts';
import { agentevalsTask } from './agentevals-task.ts';

/** Lists of cases for LangChain's agentevals, one comparison of two trajectories a record. */
export const agentevals: Format = {
  key: 'agentevals',
  words: "Cases for LangChain's agentevals, each with its reference and options",
  detect: (values) => (values.some(isCase) ? 0.9 : 0),
  read: (records, options) =>
    eachRecord(records, (value, record) => converted(value, record, options)),
  suite: async () => ({ tools: null, task: agentevalsTask }),
};

function isCase(value: unknown): boolean {
  return isObject(value) && 'outputs' in value && 'reference_outputs' in value;
}

function converted(value: unknown, { index }: SourceRecord, options: ReadOptions): Converted {
  const record = readAgentevalsCase(value);
  const steps = agentevalsSteps(record.outputs);
  const published = publishedOf(record);
  const trajectory: Trajectory = {
    schema_version: 1,
    task: options.task ?? `${record.test ?? options.file}#${index}`,
    agent: options.agent,
    trial: 1,
    steps,
    stop: isAnswer(steps.at(-1)) ? 'completed' : null,
    ...(published !== null && { labels: { published } }),
    source: { format: 'agentevals', file: options.file, index },
  };
  return { trajectory, unnumbered: true };
}

function isAnswer(step: Trajectory['steps'][number] | undefined): boolean {
  return step?.type === 'message' && step['role'] === 'assistant';
}

/** What agentevals answers, where the case says so. */
function publishedOf({ expected, expected_fields: fields }: AgentevalsCase) {
  const score = expected?.['score'] ?? fields?.['score'];
  if (typeof score === 'boolean') return score ? 'pass' : 'fail';
  return typeof score === 'number' ? (score >= 1 ? 'pass' : 'fail') : null;
}
