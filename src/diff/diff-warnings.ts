import { type ComparedRow, comparedOf } from './compared-rows.ts';
import type { ReadSide } from './read-side.ts';
import { isTold, MOST_TOLD } from './task-changes.ts';
import { trialFigures } from './trial-columns.ts';

/** What was odd about two runs and limits what their comparison can tell, in sentences. */
export function diffWarnings(
  base: ReadSide,
  head: ReadSide,
  rows: readonly ComparedRow[],
): string[] {
  const told = rows.filter(isTold).length;
  return [
    ...new Set([...base.side.warnings, ...head.side.warnings]),
    ...orderWarnings(base, head),
    ...leftWarnings(base, rows),
    ...partOf(base, 'base'),
    ...partOf(head, 'head'),
    ...editWarnings(rows),
    ...gaps(
      base,
      'base',
      comparedOf(rows).map((row) => row.base),
    ),
    ...gaps(
      head,
      'head',
      comparedOf(rows).map((row) => row.head),
    ),
    ...(told > MOST_TOLD
      ? [
          `The verdicts of ${MOST_TOLD} changed tasks were compared, those of ${told - MOST_TOLD} more were not`,
        ]
      : []),
  ];
}

/** Whoever mixes up the two would read every regression as a fix. */
function orderWarnings({ side: { facts: base } }: ReadSide, { side: { facts: head } }: ReadSide) {
  if (!(Date.parse(head.started_at) < Date.parse(base.started_at))) return [];
  return [`Run ${head.run} is older than run ${base.run} that it is compared with`];
}

/** Tasks that base decided and that only head put in quarantine. */
function leftWarnings({ side, trials }: ReadSide, rows: readonly ComparedRow[]): string[] {
  const left = rows.filter(({ base, head, counts }) => {
    const before = side.rows.at(base ?? -1);
    if (base === null || head === null || counts !== 'quarantined' || !before) return false;
    return before.skip === undefined && !before.quarantine && trials.passes(base).length > 0;
  }).length;
  if (left === 0) return [];
  const tasks = left === 1 ? '1 task that base decided is' : `${left} tasks that base decided are`;
  return [`${tasks} in quarantine in head, and not compared`];
}

function editWarnings(rows: readonly ComparedRow[]): string[] {
  const unknown = rows.filter(({ counts, edited }) => counts === 'kept' && edited === null).length;
  if (unknown === 0) return [];
  const tasks = unknown === 1 ? '1 task' : `${unknown} tasks`;
  return [`Whether ${tasks} ask for the same in both runs is not known, they are compared as if`];
}

/** A run of what failed before says nothing of the trials that passed then. */
function partOf({ side }: ReadSide, name: string): string[] {
  const parts = side.rows.filter(({ left_out = 0 }) => left_out > 0).length;
  if (parts === 0) return [];
  return [`${parts} ${parts === 1 ? 'task' : 'tasks'} of ${name} lack trials that passed before`];
}

/** Figures that some of the decided trials tell and others do not. */
function gaps({ trials }: ReadSide, name: string, rows: readonly number[]): string[] {
  const decided = rows.reduce((sum, at) => sum + trials.passes(at).length, 0);
  return trialFigures.flatMap((figure) => {
    const known = rows.reduce((sum, at) => sum + trials.values(at, figure).length, 0);
    if (known === 0 || known === decided) return [];
    return [`${figure} is known of ${known} of ${decided} decided trials of ${name}`];
  });
}
