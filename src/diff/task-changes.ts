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

/** Whether the verdicts of a row are worth comparing. */
export function isTold(row: ComparedRow): row is PairedRow {
  return isPaired(row) && TOLD.has(row.change);
}

/** Makes the tasks of a comparison one by one, the gravest change first; the verdicts of the first that changed are read again. Throws `store_fault` or `input_fault`. */
export function* taskChanges(
  base: ReadSide,
  head: ReadSide,
  rows: readonly ComparedRow[],
  shown: number,
): Generator<TaskChange> {
  let told = 0;
  for (const change of changesByGravity) {
    for (const row of rows) {
      if (row.change !== change) continue;
      const isFirst = isTold(row) && told++ < MOST_TOLD;
      const verdicts = isFirst ? verdictChanges(base, head, row) : [];
      yield { ...taskChange(base, head, row, shown), verdicts };
    }
  }
}

function taskChange(base: ReadSide, head: ReadSide, row: ComparedRow, shown: number): TaskChange {
  const [before, after] = [taskSide(base, row.base), taskSide(head, row.head)];
  const planned = [base.side.rows[row.base ?? -1], head.side.rows[row.head ?? -1]];
  const [was, is] = planned;
  const { suite = '', task = null, attack = null } = is ?? was ?? {};
  const skip = is?.skip ?? was?.skip;
  const at = is?.at ?? was?.at;
  const trials = trialsToShow(base, head, row);
  const rates = [before?.pass_rate ?? null, after?.pass_rate ?? null];
  const [from, to] = rates;
  return {
    ...{ suite, task, attack },
    agent: { base: was?.agent ?? null, head: is?.agent ?? null },
    ...{ change: row.change, edited: row.edited, compared: row.compared },
    ...(skip !== undefined && { skip }),
    ...(is?.quarantine && { quarantine: is.quarantine }),
    base: before,
    head: after,
    difference: from == null || to == null ? null : to - from,
    ...{ p: row.p, p_holm: row.p_holm, q: row.q },
    shown: row.p_holm !== null && row.p_holm <= shown,
    verdicts: [],
    trials: {
      base: trials.base === null ? null : base.trials.id(trials.base),
      head: trials.head === null ? null : head.trials.id(trials.head),
    },
    ...(at && { at }),
  };
}
