import type { Trajectory } from '../model/trajectory.ts';
import type { RecordPlace } from './format.ts';

/** Where a record stands. */
export interface Place extends RecordPlace {
  readonly file: string;
}

/** The number of a trial, or why it can have none. */
export type TrialNumber = { readonly trial: number } | { readonly fault: string };

/** The trials of a task; of most there is one, so that the rest is made when a second one comes. */
interface Row {
  readonly trial: number;
  readonly place: Place;
  taken?: Map<number, Place>;
  free?: number;
}

/** Numbers trials one after the other: a record keeps the number that its source gave it, one that has none gets the least that is free among those of its suite, task, agent and attack. */
export function trialNumbers(): (
  trajectory: Trajectory,
  isGiven: boolean,
  place: Place,
) => TrialNumber {
  const rows = new Map<string, Row>();
  return ({ suite, agent, task, attack, trial: given }, isGiven, place) => {
    const key = JSON.stringify([suite ?? null, agent, task, attack ?? null]);
    const row = rows.get(key);
    if (row === undefined) {
      const trial = isGiven ? given : 1;
      rows.set(key, { trial, place });
      return { trial };
    }
    row.taken ??= new Map([[row.trial, row.place]]);
    row.free ??= 1;
    while (row.taken.has(row.free)) row.free++;
    const trial = isGiven ? given : row.free;
    const first = row.taken.get(trial);
    if (first) return { fault: repeated(task, trial, first, place) };
    row.taken.set(trial, place);
    return { trial };
  };
}

/** Which of two records was meant cannot be told: counting both would make one trial two. */
function repeated(task: string, trial: number, { file, line, record }: Place, now: Place): string {
  const [word, number] = record === undefined ? ['line', line] : ['record', record];
  const where = `${word} ${number}${file === now.file ? '' : ` of ${file}`}`;
  return `It is trial ${trial} of task ${JSON.stringify(task)} again, after ${where}: expected each trial once`;
}
