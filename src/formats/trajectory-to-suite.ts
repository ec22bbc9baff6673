import { AgentopsError } from '../errors.ts';
import { canonicalJson } from '../json/canonical.ts';
import { isObject, ownValue } from '../json/object.ts';
import { reservedNames } from '../match/pattern-source.ts';
import { placeholderIn } from '../match/placeholder.ts';
import { viewOf } from '../match/view.ts';
import type { Mock, Tool, Tools } from '../model/tool.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { attackRows, type Goal } from './attack-rows.ts';
import { recordFault } from './each-record.ts';
import type { SuiteSource, TaskDraft } from './format.ts';

/** What a suite is called and where its recording lies, relative to it. */
export interface SuiteHead {
  readonly suite: string;
  readonly description?: string;
  /** Such as `./name.trajectories.jsonl`. */
  readonly recording: string;
  /** Where the tasks lie, such as `./name.tasks.jsonl`; in the suite itself unless given. */
  readonly tasks?: string;
}

/** A suite in the making. */
export interface SuiteDraft {
  /** Takes one more trajectory with the record that it was made of; where that does not tell its task, which another may, says why not. Throws `input_fault` where its task contradicts an earlier one. */
  add(trajectory: Trajectory, origin: unknown): AgentopsError | null;
  /** Takes a trajectory that does not tell its task where another one did, and says whether that is so. */
  adopt(trajectory: Trajectory): boolean;
  /** The tasks, in their order. */
  tasks(): readonly TaskDraft[];
  /** The suite as data, ready to be written. Throws `input_fault` where there is no task. */
  finish(head: SuiteHead): Record<string, unknown>;
}

/** Begins a suite over recorded trajectories: a task for each task id, an agent for each name; without a source the first trajectory of a task is what is expected of all. */
export function trajectoryToSuite(source: SuiteSource | null): SuiteDraft {
  const agents = new Set<string>();
  const tasks = new Map<string, TaskDraft>();
  const rows = attackRows();
  const drafts = () => [...tasks.values()].map(rows.task);
  return {
    add: (trajectory, origin) => {
      const known = tasks.get(trajectory.task);
      const drawn = orFault(() => {
        const task = source?.task(trajectory, origin) ?? known ?? recordedTask(trajectory);
        rows.add(trajectory, () => source?.goal?.(trajectory, origin) ?? UNKNOWN_GOAL);
        return task;
      });
      if (drawn instanceof AgentopsError) return drawn;
      agents.add(trajectory.agent);
      tasks.set(drawn.id, known ? inOne(known, drawn) : drawn);
      return null;
    },
    adopt: (trajectory) => {
      const { task, attack = null } = trajectory;
      const isKnown = tasks.has(task) && (attack === null || rows.knows(attack));
      if (isKnown) rows.add(trajectory, () => UNKNOWN_GOAL);
      return isKnown;
    },
    tasks: drafts,
    finish: ({ suite, description, recording, tasks: from }) => {
      if (tasks.size === 0) throw recordFault('Cannot write a suite: there are no trajectories');
      const words = [description ?? [], ...(source?.notes?.() ?? [])].flat().join(' ');
      const attacks = rows.attacks();
      const expected = [...tasks.values()].flatMap(({ expect, prefer }) => [expect, prefer]);
      const tools = source?.tools ? openTools(source.tools, [...expected, attacks]) : null;
      return {
        suite,
        ...(words !== '' && { description: words }),
        agents: Object.fromEntries([...agents].map((name) => [name, { replay: recording }])),
        ...(tools && { tools: asWritten(tools) }),
        ...(attacks && { attacks }),
        tasks: from === undefined ? drafts() : { from },
      };
    },
  };
}

const UNKNOWN_GOAL: Goal = { undecided: 'Nothing tells what the attack is after' };

/** A task, or why a record does not tell it: another record of the same task may. */
function orFault(draw: () => TaskDraft): TaskDraft | AgentopsError {
  try {
    return draw();
  } catch (thrown) {
    if (thrown instanceof AgentopsError && thrown.code === 'input_fault') return thrown;
    throw thrown;
  }
}

/** The task of several records; one that broke off early may lack what was asked. Throws `input_fault` where they expect different things. */
function inOne(known: TaskDraft, task: TaskDraft): TaskDraft {
  if (known === task) return known;
  const { input = null, ...others } = known;
  const { input: asked = null, ...expected } = task;
  const isSame =
    canonicalJson(others) === canonicalJson(expected) &&
    (input === null || asked === null || canonicalJson(input) === canonicalJson(asked));
  if (isSame) return input === null ? task : known;
  const message = `Cannot write a suite: the records of task "${task.id}" expect different things, expected one suite for each set of tasks`;
  throw new AgentopsError('input_fault', message);
}

/** Tools as a suite has them: a mock is its entries, or where they are. */
function asWritten(tools: Tools): Record<string, unknown> {
  const entries = Object.entries(tools).map(([name, { mock, ...tool }]) => [
    name,
    mock ? { ...tool, mock: writtenMock(mock) } : tool,
  ]);
  return Object.fromEntries(entries);
}

function writtenMock(mock: Mock): unknown {
  if (mock.kind === 'entries') return mock.entries;
  if (mock.kind === 'agent') return mock.kind;
  return mock.kind === 'recording' ? { recording: mock.written } : mock.written;
}

/** The task that a trajectory was recorded for, expecting the calls that worked in it, in their order. Throws `input_fault` where they cannot be told. */
export function recordedTask(trajectory: Trajectory): TaskDraft {
  const { fault, calls, steps } = viewOf(trajectory);
  if (fault !== null) throw recordFault(fault);
  const worked = calls.filter(({ status }) => status !== 'failed' && status !== 'blocked');
  const nameless = worked.find(
    ({ tool }) => tool === '' || tool.includes('*') || placeholderIn(tool) !== null,
  );
  if (nameless) throw recordFault(unnameable(nameless.tool));
  const list = worked.map(({ tool, args }) => callPattern(tool, args));
  const asked = steps.find((step) => step.type === 'message' && step['role'] === 'user');
  const input = asked && 'content' in asked ? asked.content : null;
  return {
    id: trajectory.task,
    ...(input !== null && { input }),
    expect: {
      ...(trajectory.calls === 'not_captured'
        ? { stop: 'completed' }
        : { calls: calls.length === 0 ? { exact: [] } : { in_order: list } }),
    },
  };
}

function unnameable(tool: string): string {
  const wanted = 'expected a name without * and {{…}}, which would stand for other characters';
  return `It calls a tool that a suite cannot name, ${JSON.stringify(tool)}: ${wanted}`;
}

const PLAIN_NAME = /^[A-Za-z_][\w.-]*$/;

/** Writes a call as a pattern of a suite that wants these arguments, literally; any arguments where they are no map. */
export function callPattern(
  tool: string,
  args: unknown,
  modifiers: Readonly<Record<string, unknown>> = {},
): unknown {
  return matcherPattern(tool, isObject(args) ? literally(args) : null, modifiers);
}

/** Writes a call as a pattern of a suite whose arguments meet a matcher; any arguments for null. */
export function matcherPattern(
  tool: string,
  wanted: unknown,
  modifiers: Readonly<Record<string, unknown>> = {},
): unknown {
  if (wanted === null) return { tool, ...modifiers };
  const isPlain = PLAIN_NAME.test(tool) && !reservedNames.includes(tool);
  return isPlain ? { [tool]: wanted, ...modifiers } : { tool, args: wanted, ...modifiers };
}

/** Data as a matcher that stands for itself: what has `$` keys would be read as operators, and {{name}} as a thing to be replaced. */
export function literally(value: unknown): unknown {
  if (typeof value === 'string') return placeholderIn(value) === null ? value : { $eq: value };
  if (Array.isArray(value)) return value.map(literally);
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const isMarked = (key: string) => key.startsWith('$') || placeholderIn(key) !== null;
  if (entries.some(([key]) => isMarked(key))) return { $eq: value };
  return Object.fromEntries(entries.map(([key, inner]) => [key, literally(inner)]));
}

/** Lets the tools take the arguments that tasks expect beside the declared ones: a suite would refuse their names. */
function openTools(tools: Tools, expected: readonly unknown[]): Tools {
  const named = new Map<string, Set<string>>();
  collectNames(expected, named);
  const opened = Object.entries(tools).map(([name, tool]): [string, Tool] => {
    const properties = tool.input?.['properties'];
    if (!isObject(properties)) return [name, tool];
    const isKnown = [...(named.get(name) ?? [])].every((key) => Object.hasOwn(properties, key));
    return [
      name,
      isKnown ? tool : { ...tool, input: { ...tool.input, additionalProperties: true } },
    ];
  });
  return Object.fromEntries(opened);
}

/** Notes for each key that may be a tool the names that stand below it. */
function collectNames(value: unknown, named: Map<string, Set<string>>): void {
  if (Array.isArray(value)) for (const item of value) collectNames(item, named);
  if (!isObject(value)) return;
  const { tool, args } = value;
  if (typeof tool === 'string' && isObject(args)) noteNames(tool, args, named);
  for (const [key, inner] of Object.entries(value)) {
    if (isObject(inner)) noteNames(key, inner, named);
    collectNames(inner, named);
  }
}

function noteNames(
  tool: string,
  args: Record<string, unknown>,
  named: Map<string, Set<string>>,
): void {
  const literal = ownValue(args, '$eq');
  const names = named.get(tool) ?? new Set();
  for (const name of Object.keys(isObject(literal) ? literal : args)) names.add(name);
  named.set(tool, names);
}
