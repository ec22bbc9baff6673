import type { Attack } from '../model/attack.ts';
import type { PlanRow } from '../model/plan.ts';
import type { Suite, Task } from '../model/suite.ts';
import { attackNamed } from '../safety/trial-safety.ts';
import { type ReadyAgent, type ReadyRow, shownPath } from './plan-rows.ts';
import { rowDigests } from './row-digest.ts';

/** The rows that an agent had in a run, with its tasks as the suite has them now; what the suite has no longer is left out. */
export function rejudgedRows(rows: readonly PlanRow[]): (ready: ReadyAgent) => ReadyRow[] {
  return (ready) => {
    const tasks = new Map(ready.suite.tasks.map((task) => [task.id, task]));
    const own = rows.filter((row) => row.suite === ready.suite.name && row.agent === ready.name);
    const digestOf = rowDigests(ready.suite);
    return own.flatMap((row): ReadyRow[] => {
      if (row.task === null) return [{ row, ready, task: null }];
      const task = tasks.get(row.task);
      const attack = attackOf(ready.suite, row.attack);
      return task && attack !== undefined
        ? [{ row: rowNow(row, task, ready.suite, digestOf(task, attack)), ready, task }]
        : [];
    });
  };
}

/** The attack of a row, null for none, undefined where the suite has it no longer. */
function attackOf({ attacks = [] }: Suite, name: string | null): Attack | null | undefined {
  return name === null ? null : (attackNamed(attacks, name) ?? undefined);
}

/** The trials as they were, what is asked of them as it is now. */
function rowNow({ skip: _, ...row }: PlanRow, task: Task, suite: Suite, digest: string): PlanRow {
  return {
    ...row,
    tags: [...task.tags],
    digest,
    ...(task.skip !== undefined && { skip: task.skip }),
    pass: task.pass ?? suite.pass ?? 'all',
    at: { file: shownPath(suite.root, task.at.file), line: task.at.line },
  };
}
