import { budgetsOf } from '../match/effects.ts';
import type { View } from '../match/view.ts';
import type { BlastRadius } from '../model/blast-radius.ts';
import { worldChanges } from '../tools/world-changes.ts';

/** Pointers that are kept; the rest are only counted. */
const MOST_POINTERS = 20;
const LONGEST_POINTER = 300;

/** Sums up what a trial did to the world; null where it called nothing, or no tools are declared. */
export function blastRadiusOf(view: View): BlastRadius | null {
  const { calls, tools, fault } = view;
  if (tools === null || calls.length === 0 || fault !== null) return null;
  const counts = { writes: 0, irreversible: 0, external: 0 };
  let blocked = 0;
  for (const { tool, status } of calls) {
    if (status === 'blocked') blocked++;
    else for (const one of budgetsOf(tools, tool)) counts[one]++;
  }
  const reversible = counts.writes - counts.irreversible;
  return { ...counts, reversible, blocked, changed: changedIn(view) };
}

function changedIn({ initialWorld, trajectory }: View): BlastRadius['changed'] {
  const after = trajectory.world ?? null;
  if (initialWorld === null || after === null) return null;
  const changes = worldChanges(initialWorld, after);
  const pointers = changes
    .slice(0, MOST_POINTERS)
    .map(({ pointer }) => pointer.slice(0, LONGEST_POINTER));
  return { count: changes.length, pointers };
}
