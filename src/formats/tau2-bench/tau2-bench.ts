import { isObject } from '../../json/object.ts';
import type { Trajectory } from '../../model/trajectory.ts';
import { eachPart, type Part } from '../each-part.ts';
import { recordFault } from '../each-record.ts';
import type { Converted, Format, ReadOptions } from '../format.ts';
import { readRecord } from '../read-record.ts';
import { Tau2Results, Tau2Simulation } from './tau2-bench-record.ts';
import { tau2Steps } from './tau2-bench-steps.ts';
import { tau2BenchSuite } from './tau2-bench-suite.ts';
import type { Tau2Origin } from './tau2-bench-task.ts';

/** Result files of tau2-bench: tasks, and simulations of them. */
export const tau2Bench: Format = {
  key: 'tau2-bench',
  words: 'Result files of tau2-bench, tasks with their simulations',
  detect: (values) => (values.some(isResults) ? 1 : 0),
  read: (records, options) => eachPart(records, (value) => simulationsOf(value, options)),
  sideFiles: ['tools', 'tasks', 'optionalWrites'],
  suite: tau2BenchSuite,
};

function isResults(value: unknown): boolean {
  return isObject(value) && Array.isArray(value['simulations']) && 'tasks' in value;
}

function* simulationsOf(value: unknown, options: ReadOptions): Generator<Part> {
  const results = readRecord(Tau2Results, value);
  if (results.simulations.length === 0) throw recordFault('It holds no simulation');
  const tasks = new Map<string, unknown>();
  for (const task of results.tasks ?? []) if (isObject(task)) tasks.set(String(task['id']), task);
  for (const [index, simulation] of results.simulations.entries()) {
    const id = isObject(simulation) ? String(simulation['task_id']) : '';
    const origin: Tau2Origin = { simulation, task: tasks.get(id) };
    const convert = () => converted(simulation, results, { ...options, index });
    yield { path: `simulations[${index}]`, origin, convert };
  }
}

function converted(
  value: unknown,
  { info }: Tau2Results,
  { agent, file, index }: ReadOptions & { index: number },
): Converted {
  const simulation = readRecord(Tau2Simulation, value);
  const { task_id, trial = null, start_time: start, messages } = simulation;
  const labels = labelsOf(simulation);
  const trajectory: Trajectory = {
    schema_version: 1,
    task: String(task_id),
    agent,
    trial: (trial ?? 0) + 1,
    steps: tau2Steps(messages, {
      model: info?.agent_info?.llm ?? null,
      start: typeof start === 'string' ? Date.parse(start) : Number.NaN,
    }),
    ...endOf(simulation.termination_reason ?? null),
    ...(labels && { labels }),
    source: { format: 'tau2-bench', file, index },
  };
  return { trajectory, ...(trial === null && { unnumbered: true }) };
}

const COMPLETED = ['user_stop', 'agent_stop'];
const FAULTS_OF_AGENTS = ['agent_error', 'too_many_errors'];

/** A simulation that neither side ended has no reward, whoever is to blame; one that the harness broke off says nothing of the agent. */
function endOf(reason: string | null): Pick<Trajectory, 'stop' | 'limit'> {
  if (reason === null) return { stop: null };
  if (COMPLETED.includes(reason)) return { stop: 'completed' };
  if (FAULTS_OF_AGENTS.includes(reason)) return { stop: 'agent_error' };
  if (reason === 'max_steps') return { stop: 'limit', limit: 'turns' };
  if (reason === 'timeout') return { stop: 'limit', limit: 'seconds' };
  return { stop: 'interrupted' };
}

/** The published verdict. */
function labelsOf({ reward_info: info }: Tau2Simulation): Trajectory['labels'] {
  if (typeof info?.reward !== 'number') return undefined;
  const published = Math.abs(info.reward - 1) <= 1e-6 ? 'pass' : 'fail'; // the tolerance of tau2-bench
  return { published, reward: info.reward };
}
