import type { Attack } from '../model/attack.ts';
import type { Suite, Task } from '../model/suite.ts';
import { attackNamed } from '../safety/trial-safety.ts';

/** What a task runs with: null for the task alone, and the attacks that it or the suite names. */
export function attacksOf(suite: Suite, task: Task): readonly (Attack | null)[] {
  const { attacks = [] } = suite;
  if (!task.attacks) return [null, ...attacks];
  const { names, clean } = task.attacks;
  const named = names.flatMap((name) => attackNamed(attacks, name) ?? []);
  return clean ? [null, ...named] : named;
}
