import type { HeldDiff } from '../../diff/held-diff.ts';
import type { TaskChange } from '../../model/task-change.ts';

/** Where a task stands in a report: by its change, or apart from the comparison. */
export type TaskGroup =
  | Exclude<TaskChange['change'], 'same'>
  | 'edited'
  | 'quarantined'
  | 'skipped';

/** The first tasks of a group, and how many more there are. */
export interface TaskList {
  readonly shown: TaskChange[];
  left: number;
}

/** What each group is, in words, the gravest first. */
export const GROUP_WORDS = {
  regressed: 'Regressed',
  missing: 'Missing: base ran these, head did not',
  undecided: 'Undecided: no trial of a run could be decided',
  flaky: 'Flaky: these pass and fail, and do not differ for sure',
  edited: 'Edited: these ask for something else now, so they are not compared',
  quarantined: 'Quarantined: shown, not compared',
  skipped: 'Skipped: not compared',
  fixed: 'Fixed',
  new: 'New: only head ran these',
} satisfies Record<TaskGroup, string>;

/** The groups in the order to show. */
export const TASK_GROUPS = Object.keys(GROUP_WORDS) as TaskGroup[]; // its own keys

/** The first `most` tasks of each group, and the first `aligned` whose steps are worth a look. */
export function changedTasks(
  { diff }: HeldDiff,
  most: number,
  aligned: number,
): { groups: ReadonlyMap<TaskGroup, TaskList>; toAlign: readonly TaskChange[] } {
  const groups = new Map<TaskGroup, TaskList>();
  const toAlign: TaskChange[] = [];
  for (const task of diff.tasks()) {
    const group = groupOf(task);
    if (group === null) continue;
    const list = groups.get(group) ?? { shown: [], left: 0 };
    groups.set(group, list);
    if (list.shown.length < most) list.shown.push(task);
    else list.left++;
    if (toAlign.length < aligned && isWorthALook(task)) toAlign.push(task);
  }
  return { groups, toAlign };
}

/** Whether both runs have the task, it is compared, and it got worse or may have. */
export function isWorthALook(task: TaskChange): boolean {
  const group = groupOf(task);
  const isWorse = group === 'regressed' || group === 'undecided' || group === 'flaky';
  return isWorse && task.base !== null && task.head !== null;
}

function groupOf({ change, edited, quarantine, skip }: TaskChange): TaskGroup | null {
  if (change === 'missing' || change === 'new') return change;
  if (skip !== undefined) return 'skipped';
  if (quarantine !== undefined) return 'quarantined';
  if (edited === true) return 'edited';
  return change === 'same' ? null : change;
}
