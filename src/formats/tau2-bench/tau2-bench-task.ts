import * as z from 'zod';
import { isObject } from '../../json/object.ts';
import { byId } from '../by-id.ts';
import { recordFault } from '../each-record.ts';
import { readRecord } from '../read-record.ts';
import { readSideFile } from '../side-file.ts';
import {
  type Tau2Action,
  type Tau2Criteria,
  Tau2Simulation,
  Tau2Task,
} from './tau2-bench-record.ts';

/** A simulation with the task of its file, where that is there. */
export interface Tau2Origin {
  readonly simulation: unknown;
  readonly task: unknown;
}

/** What is expected of a simulation. */
export interface Tau2Wanted {
  /** The task that its expected calls are numbered in; null where that is not known. */
  readonly numberedIn: string | null;
  /** What the user wants, in words; null where nothing is told of it. */
  readonly input: string | null;
  /** Null where nothing at all is expected. */
  readonly criteria: Tau2Criteria | null;
}

const Listed = z.union([z.array(Tau2Task), z.looseObject({ tasks: z.array(Tau2Task) })]);

/** Reads the tasks of a domain by their ids. Throws `input_fault` or `disk_fault`. */
export async function readTau2Tasks(file: string): Promise<ReadonlyMap<string, Tau2Task>> {
  const listed = await readSideFile(file, Listed);
  const tasks = Array.isArray(listed) ? listed : listed.tasks;
  return byId(file, tasks, ({ id }) => String(id));
}

/** What is expected: by the task of the file, else by one that is listed, else by what the simulation was evaluated on. Throws `input_fault`. */
export function tau2Wanted(origin: Tau2Origin, listed: Tau2Task | undefined): Tau2Wanted {
  const task = origin.task === undefined ? listed : readRecord(Tau2Task, origin.task);
  if (task !== undefined) {
    return {
      numberedIn: String(task.id),
      input: inputOf(task.user_scenario),
      criteria: task.evaluation_criteria ?? null,
    };
  }
  const { task_id: id, reward_info: info } = readRecord(Tau2Simulation, origin.simulation);
  if (!info?.action_checks || !info.reward_basis) {
    const wanted = 'expected --tasks with the tasks of its domain';
    throw recordFault(`Its task "${id}" is not in the file, ${wanted}`);
  }
  const actions = info.action_checks.map(({ action }) => action);
  return {
    numberedIn: taskOf(actions),
    input: null,
    criteria: {
      actions,
      communicate_info: info.communicate_checks?.map((check) => check.info) ?? null,
      env_assertions: info.env_assertions ?? null,
      nl_assertions: info.nl_assertions ?? null,
      reward_basis: info.reward_basis,
    },
  };
}

/** The task whose calls these are, which need not be the one that the simulation names. */
function taskOf(actions: readonly Tau2Action[]): string | null {
  const tasks = new Set(actions.map(({ action_id: id }) => /^(.+)_\d+$/.exec(id ?? '')?.[1]));
  const [task] = tasks;
  return tasks.size === 1 && task !== undefined ? task : null;
}

/** What the simulated user is told to want; kept as text, whatever its form. */
function inputOf(scenario: unknown): string | null {
  if (typeof scenario === 'string') return scenario;
  const instructions = isObject(scenario) ? scenario['instructions'] : null;
  if (typeof instructions === 'string') return instructions;
  if (!isObject(instructions)) return null;
  const told = ['reason_for_call', 'known_info', 'task_instructions'].map(
    (key) => instructions[key],
  );
  const texts = told.filter((text): text is string => typeof text === 'string' && text !== '');
  return texts.length === 0 ? null : texts.map(tidy).join('\n\n');
}

/** Text without white space at the ends of lines, which no suite would show readably. */
function tidy(text: string): string {
  return text.replace(/[^\S\n]+$/gm, '').trim();
}
