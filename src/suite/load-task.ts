import { isObject } from '../json/object.ts';
import type { Expectations } from '../model/expectations.ts';
import type { Limits, PassRule, Task } from '../model/suite.ts';
import type { Tools } from '../model/tool.ts';
import { addAll } from './add-all.ts';
import { readExpectations } from './expectations.ts';
import type { AttackNames } from './load-attacks.ts';
import { loadConversation } from './load-conversation.ts';
import { loadTaskAttacks } from './load-task-attacks.ts';
import { checkKeyFiles } from './load-tools.ts';
import { loadUser } from './load-user.ts';
import { loadWorld } from './load-world.ts';
import type { Part, SuiteLoading } from './part-loading.ts';
import { sayingFaults } from './saying-faults.ts';
import { below, isSound, type ValueAt, validate } from './schema-faults.ts';
import { faultAt, placeOf } from './source.ts';
import { unfilledIn } from './unfilled.ts';
import { weightProblem } from './weight-names.ts';

/** What a suite says for each of its tasks. */
export interface SuiteDefaults {
  /** null where they could not be read. */
  expect: Expectations | null;
  limits: Limits | undefined;
  trials: number | undefined;
  pass: PassRule | undefined;
  tools: Tools | null;
  /** null where they are not all known. */
  attacks: AttackNames | null;
  /** Whether something beside expectations and limits judges each task. */
  judged: boolean;
  /** Verdicts that the suite itself brings, such as `policy.tools`. */
  verdicts: readonly string[];
}

/** Fields of a task that are read by themselves. */
type ReadField = 'expect' | 'prefer' | 'conversation' | 'user' | 'attacks';

/** Fields of a task that its schema has seen. */
type WrittenTask = Pick<Task, 'id'> & Partial<Omit<Task, 'id' | 'at' | ReadField>>;

/** Validates one task, after `for_each`, and checks what is sound in it; null where something is wrong. `entry` numbers the entry that it was made from. */
export async function loadTask(
  loading: SuiteLoading,
  { value, at: whole }: Part,
  defaults: SuiteDefaults,
  entry: number | null,
): Promise<Task | null> {
  const { faults, at } = validate(loading.schemas.task, value, whole);
  if (faults.length > 0) {
    const whence = entry === null ? '' : ` (entry ${entry} of for_each)`;
    addAll(
      loading.faults,
      faults.map((fault) => ({ ...fault, message: fault.message + whence })),
    );
  }
  if (!isObject(value)) return null;
  await checkKeyFiles(loading, 'task', { value, at });
  const read = await readParts(loading, { value, at }, defaults, entry !== null);
  if (entry === null) warnOfUnfilled(loading, value, at);
  if (!isSound(at) || !read) return null;
  const written = value as unknown as WrittenTask; // validated, and sound
  const world = await loadWorld(loading, { value: value['world'], at: below(at, ['world']) });
  const place = placeOf(at.source, at.path);
  const task = { ...fieldsOf(written), ...read, ...(world && { world }), at: place };
  addAll(loading.faults, sayingFaults(task, { value, at }));
  checkTask(loading, { value, at }, task, defaults);
  return task;
}

/** Reads the parts of a task that hold expectations or name files; null where something is wrong in one. */
async function readParts(
  loading: SuiteLoading,
  { value, at }: Part & { value: Record<string, unknown> },
  { tools, attacks: known }: SuiteDefaults,
  filled: boolean,
): Promise<Pick<Task, ReadField> | null> {
  const part = (key: ReadField) => ({ value: value[key], at: below(at, [key]) });
  const place = filled ? 'filled' : 'task';
  const expect = await readExpectations(loading, part('expect'), tools, place);
  const prefer = await readExpectations(loading, part('prefer'), tools, place);
  const turns = await loadConversation(loading, part('conversation'), tools, place);
  const user = await loadUser(loading, part('user'));
  const attacks = loadTaskAttacks(loading, part('attacks'), known);
  if (!expect || !prefer || !turns || (!user && value['user'] !== undefined)) return null;
  const conversation = turns.length > 0 ? turns : undefined;
  return {
    expect,
    prefer,
    ...(conversation && { conversation }),
    ...(user && { user }),
    ...(attacks && { attacks }),
  };
}

/** Warns of each `{{name}}` outside of expectations in a task without `for_each`: it may be meant so. */
function warnOfUnfilled(
  { faults }: SuiteLoading,
  value: Record<string, unknown>,
  { source, path }: ValueAt,
): void {
  const { expect: _, prefer: __, conversation: turns, ...others } = value;
  const said = Array.isArray(turns) ? { ...others, conversation: turns.map(saidIn) } : others;
  for (const { path: inner, on, written } of unfilledIn(said)) {
    const message = `${written} is not replaced, as the task has no for_each`;
    faults.push(faultAt(source, [...path, ...inner], message, { severity: 'warning', on }));
  }
}

/** A turn less what it expects. */
function saidIn(turn: unknown): unknown {
  return isObject(turn) ? { user: turn['user'] } : turn;
}

function fieldsOf(written: WrittenTask): Omit<Task, ReadField | 'at'> {
  const { id, tags = [], input, weights = {}, limits, trials, pass, skip } = written;
  return {
    id,
    tags,
    weights,
    ...(input !== undefined && { input }),
    ...(limits && { limits }),
    ...(trials !== undefined && { trials }),
    ...(pass && { pass }),
    ...(skip !== undefined && { skip }),
  };
}

function checkTask(loading: SuiteLoading, part: Part, task: Task, defaults: SuiteDefaults): void {
  const { source, path } = part.at;
  const tell = (key: string[], message: string, on: 'value' | 'key' = 'value') =>
    loading.faults.push(faultAt(source, [...path, ...key], message, { on }));
  if (!isJudged(task, defaults)) {
    const more = isEmpty(task.prefer) ? '' : '; prefer only moves the score';
    tell([], `Nothing judges task "${task.id}": give it or the suite expect or limits${more}`);
  }
  const rule = passProblem(task.pass ?? defaults.pass, task.trials ?? defaults.trials);
  if (rule && (task.pass || task.trials !== undefined)) tell([task.pass ? 'pass' : 'trials'], rule);
  const ceilings = { ...defaults.limits, ...task.limits };
  const expected = [task.expect, task.prefer, defaults.expect ?? {}];
  if (!isEmpty(ceilings)) expected.push({ limits: ceilings });
  const turns = task.conversation?.map((turn) => turn.expect) ?? [];
  for (const key of Object.keys(task.weights)) {
    if (isGoalName(key, defaults.attacks)) continue;
    const problem = defaults.expect
      ? weightProblem(key, expected, loading.kinds.judges, turns, defaults.verdicts)
      : null;
    if (problem) tell(['weights', key], problem, 'key');
  }
}

/** Whether a weight names the goal of an attack, or what stands above it. */
function isGoalName(key: string, attacks: AttackNames | null): boolean {
  if (!key.startsWith('attacks.')) return key === 'attacks' && attacks?.size !== 0;
  const name = key.slice('attacks.'.length);
  if (!attacks || attacks.has(name)) return true;
  const whole = name.replace(/\.goal$/, '');
  return whole !== name && attacks.get(whole)?.[0] === whole;
}

function isJudged(task: Task, defaults: SuiteDefaults): boolean {
  if (defaults.judged || defaults.expect === null) return true;
  if (task.attacks && !task.attacks.clean) return true; // by the goals
  const judges = [task.expect, defaults.expect, task.limits, defaults.limits];
  const turns = task.conversation?.map(({ expect }) => expect) ?? [];
  return [...judges, ...turns].some((expected) => expected && !isEmpty(expected));
}

function isEmpty(value: unknown): boolean {
  return !isObject(value) || Object.keys(value).length === 0;
}

/** Why a rule about trials can never be met, null where it can. */
export function passProblem(pass: PassRule | undefined, trials: number | undefined): string | null {
  if (typeof pass !== 'object' || !('at_least' in pass) || trials === undefined) return null;
  if (pass.at_least <= trials) return null;
  const { at_least: wanted } = pass;
  return `at_least: ${wanted} can never be met with ${trials} ${trials === 1 ? 'trial' : 'trials'}`;
}
