import { AgentopsError } from '../errors.ts';
import { didYouMean } from '../match/nearest-name.ts';
import { wildcard } from '../match/wildcard.ts';
import type { Attack } from '../model/attack.ts';
import type { AgentEntry, Suite, Task } from '../model/suite.ts';
import { attacksOf } from './attacks-of.ts';

/** Which trials of the suites are planned; what is not given leaves nothing out. */
export interface Selection {
  /** Names of agents, `*` a wildcard. */
  readonly agents?: readonly string[];
  /** Ids of tasks, `*` a wildcard. */
  readonly tasks?: readonly string[];
  /** Tasks with one of these tags. */
  readonly tags?: readonly string[];
  /** Names of attacks, `*` a wildcard, or of what they are variants of; `none` for tasks alone. */
  readonly attacks?: readonly string[];
  /** Trials per task, instead of what the suite says. */
  readonly trials?: number;
  /** Ids of the only trials to run. */
  readonly only?: ReadonlySet<string>;
}

/** The agents of a suite that are selected. */
export function selectedAgents(suite: Suite, selection: Selection): readonly AgentEntry[] {
  const names = selection.agents?.map(wildcard);
  return names ? suite.agents.filter((agent) => names.some((is) => is(agent.name))) : suite.agents;
}

/** The tasks of a suite that are selected. */
export function selectedTasks(suite: Suite, selection: Selection): readonly Task[] {
  const ids = selection.tasks?.map(wildcard);
  const { tags } = selection;
  return suite.tasks.filter(
    (task) =>
      (!ids || ids.some((is) => is(task.id))) &&
      (!tags || tags.some((tag) => task.tags.includes(tag))),
  );
}

/** What a task runs with that is selected, null for the task alone. */
export function selectedAttacks(
  suite: Suite,
  task: Task,
  { attacks }: Selection,
): readonly (Attack | null)[] {
  const all = attacksOf(suite, task);
  const names = attacks?.map(wildcard);
  if (!names) return all;
  return all.filter((attack) =>
    attack
      ? names.some((is) => is(attack.name) || is(attack.family))
      : attacks?.includes(NO_ATTACK),
  );
}

/** How a selection names tasks alone. */
const NO_ATTACK = 'none';

/** Throws `usage` for a name in the selection that nothing in the suites has: a mistyped filter must not pass for a small run. */
export function refuseUnknownNames(suites: readonly Suite[], selection: Selection): void {
  const agents = suites.flatMap((suite) => suite.agents.map((agent) => agent.name));
  const tasks = suites.flatMap((suite) => suite.tasks.map((task) => task.id));
  const attacks = suites.flatMap((suite) =>
    (suite.attacks ?? []).flatMap(({ name, family }) => [name, family]),
  );
  const tags = suites.flatMap((suite) => suite.tasks.flatMap((task) => task.tags));
  refuse('agent', selection.agents, agents);
  refuse('task', selection.tasks, tasks);
  refuse('attack', selection.attacks, [...attacks, NO_ATTACK]);
  refuse('tag', selection.tags, tags);
}

function refuse(
  what: string,
  given: readonly string[] | undefined,
  known: readonly string[],
): void {
  for (const name of given ?? []) {
    const is = wildcard(name);
    if (known.some(is)) continue;
    const hint = didYouMean(name, [...new Set(known)]);
    throw new AgentopsError('usage', `Cannot select ${what} "${name}": no suite has it (${hint})`);
  }
}
