import type { PlanRow } from '../model/plan.ts';
import type { Suite, Task } from '../model/suite.ts';
import { attackNamed } from '../safety/trial-safety.ts';
import { type ReadyAgent, type ReadyRow, shownPath } from './plan-rows.ts';

/** The rows that an agent had in a run, with its tasks as the suite has them now; what the suite has no longer is left out. */
export function rejudgedRows(rows: readonly PlanRow[]): (ready: ReadyAgent) => ReadyRow[] {
  return (ready) => {
    const tasks = new Map(ready.suite.tasks.map((task) => [task.id, task]));
    const own = rows.filter((row) => row.suite === ready.suite.name && row.agent === ready.name);
    return own.flatMap((row): ReadyRow[] => {
      if (row.task === null) return [{ row, ready, task: null }];
      const task = tasks.get(row.task);
      return task && hasAttack(ready.suite, row.attack)
        ? [{ row: rowNow(row, task, ready.suite), ready, task }]
        : [];
    });
  };
}

function hasAttack({ attacks = [] }: Suite, attack: string | null): boolean {
  return attack === null || attackNamed(attacks, attack) !== null;
}

/** The trials as they were, what is asked of them as it is now. */
function rowNow({ skip: _, ...row }: PlanRow, task: Task, suite: Suite): PlanRow {
  return {
    ...row,
    tags: [...task.tags],
    ...(task.skip !== undefined && { skip: task.skip }),
    pass: task.pass ?? suite.pass ?? 'all',
    at: { file: shownPath(suite.root, task.at.file), line: task.at.line },
  };
}
