import type { Trajectory } from '../model/trajectory.ts';
import type { TaskDraft } from './format.ts';

/** What an attack of a suite is after, in the words of a suite. */
export type Goal = TaskDraft['expect'];

/** Which tasks were recorded alone and which under which attacks. */
export interface AttackRows {
  /** Takes one more trajectory; asks for the goal of an attack that is new. */
  add(trajectory: Trajectory, goalOf: () => Goal): void;
  knows(attack: string): boolean;
  /** A task with the attacks that it was recorded under. */
  task(task: TaskDraft): TaskDraft;
  /** The attacks of the suite by name; null where there is none. */
  attacks(): Record<string, { readonly goal: Goal }> | null;
}

interface Row {
  isClean: boolean;
  readonly names: Set<string>;
}

/** Begins to collect the attacks of recorded trajectories. */
export function attackRows(): AttackRows {
  const rows = new Map<string, Row>();
  const goals = new Map<string, Goal>();
  return {
    add: ({ task, attack = null }, goalOf) => {
      if (attack !== null && !goals.has(attack)) goals.set(attack, goalOf());
      const row = rows.get(task) ?? { isClean: false, names: new Set() };
      rows.set(task, row);
      if (attack === null) row.isClean = true;
      else row.names.add(attack);
    },
    knows: (attack) => goals.has(attack),
    task: (task) => {
      const row = rows.get(task.id);
      if (goals.size === 0 || !row) return task;
      const names = [...row.names];
      if (!row.isClean) return { ...task, attacks: { only: names } };
      return { ...task, attacks: names.length === 0 ? 'none' : names };
    },
    attacks: () =>
      goals.size === 0
        ? null
        : Object.fromEntries([...goals].map(([name, goal]) => [name, { goal }])),
  };
}
