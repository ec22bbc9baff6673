import type { TaskChange } from '../model/task-change.ts';
import { changesByGravity } from './change-of.ts';
import { type ComparedRow, isPaired, type PairedRow } from './compared-rows.ts';
import type { ReadSide } from './read-side.ts';
import { trialsToShow } from './shown-trials.ts';
import { taskSide } from './task-side.ts';
import { verdictChanges } from './verdict-changes.ts';

/** Changed tasks whose verdicts are compared. */
export const MOST_TOLD = 1000;

const TOLD: ReadonlySet<TaskChange['change']> = new Set([
  'regressed',
  'undecided',
  'flaky',
  'fixed',
]);

/** What the tests say of a task. */
export type Tested = { readonly [Key in 'p' | 'p_holm' | 'q' | 'shown']: TaskChange[Key] };

/** Whether the verdicts of a row are worth comparing. */
export function isTold(row: ComparedRow): row is PairedRow {
  return isPaired(row) && TOLD.has(row.change);
}

/** Makes the tasks of a comparison one by one, the gravest change first; the verdicts of the first that changed are read again. Throws `store_fault` or `input_fault`. */
export function* taskChanges(
  base: ReadSide,
  head: ReadSide,
  rows: readonly ComparedRow[],
  tested: (at: number) => Tested,
): Generator<TaskChange> {
  let told = 0;
  for (const change of changesByGravity) {
    for (const [at, row] of rows.entries()) {
      if (row.change !== change) continue;
      const isFirst = isTold(row) && told++ < MOST_TOLD;
      const task = taskChange(base, head, row, tested(at));
      if (isFirst) task.verdicts = verdictChanges(base, head, row);
      yield task;
    }
  }
}

/** Written out key by key: spreading is slow, and there may be 100,000 of them. */
function taskChange(
  base: ReadSide,
  head: ReadSide,
  row: ComparedRow,
  { p, p_holm, q, shown }: Tested,
): TaskChange {
  const [was, is] = [base.side.rows.at(row.base ?? -1), head.side.rows.at(row.head ?? -1)];
  const [before, after] = [taskSide(base, row.base), taskSide(head, row.head)];
  const [from, to] = [before?.pass_rate ?? null, after?.pass_rate ?? null];
  const trials = trialsToShow(base, head, row);
  const change: TaskChange = {
    suite: (is ?? was)?.suite ?? '',
    task: (is ?? was)?.task ?? null,
    attack: (is ?? was)?.attack ?? null,
    agent: { base: was?.agent ?? null, head: is?.agent ?? null },
    change: row.change,
    edited: row.edited,
    compared: row.compared,
    base: before,
    head: after,
    difference: from === null || to === null ? null : to - from,
    p,
    p_holm,
    q,
    shown,
    verdicts: [],
    trials: {
      base: trials.base === null ? null : base.trials.id(trials.base),
      head: trials.head === null ? null : head.trials.id(trials.head),
    },
  };
  const [skip, at] = [is?.skip ?? was?.skip, is?.at ?? was?.at];
  if (skip !== undefined) change.skip = skip;
  if (is?.quarantine) change.quarantine = is.quarantine;
  if (at) change.at = at;
  return change;
}
