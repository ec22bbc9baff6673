import type { PlanRow } from '../model/plan.ts';

/** What tells one row from another. */
export type RowNames = Pick<PlanRow, 'suite' | 'task' | 'attack' | 'agent'>;

type ByTask = Map<string | null, number>;

/** Finds rows by their names; the names are used as they are, so that 100,000 of them cost no text of their own. */
export class RowIndex {
  private readonly suites = new Map<string, Map<string | null, Map<string | null, ByTask>>>();

  /** Notes where a row stands; false where there is one of these names already. An agent of null stands for the only one. */
  add({ suite, agent, attack, task }: RowKey, at: number): boolean {
    const agents = branch(this.suites, suite, () => new Map());
    const attacks = branch(agents, agent, () => new Map());
    const tasks = branch(attacks, attack, (): ByTask => new Map());
    if (tasks.has(task)) return false;
    tasks.set(task, at);
    return true;
  }

  /** Where the row of these names stands, undefined where there is none. */
  find({ suite, agent, attack, task }: RowKey): number | undefined {
    return this.suites.get(suite)?.get(agent)?.get(attack)?.get(task);
  }
}

/** Names of a row; the agent is null where it does not count. */
export type RowKey = Omit<RowNames, 'agent'> & { readonly agent: string | null };

function branch<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
