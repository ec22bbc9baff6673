import type { TaskScores } from './paired-difference.ts';

/** All trials of a version in order, and the places of those of each task. */
export interface RankedTrials {
  readonly sorted: Float64Array;
  readonly ranks: readonly (readonly number[])[];
}

/** Sorts the trials of all tasks. */
export function rankTrials(tasks: TaskScores): RankedTrials {
  const all = tasks.flatMap((scores, task) => scores.map((value) => ({ value, task })));
  all.sort((one, other) => one.value - other.value);
  const ranks: number[][] = tasks.map(() => []);
  all.forEach(({ task }, rank) => {
    ranks[task]?.push(rank);
  });
  return { sorted: Float64Array.from(all, ({ value }) => value), ranks };
}

/** The least value that such a share of the weight does not exceed (nearest rank, as in "95 of 100 trials took at most"). */
export function weightedQuantile(
  { sorted }: RankedTrials,
  weights: Float64Array,
  share: number,
): number {
  let whole = 0;
  for (let at = 0; at < weights.length; at++) whole += weights[at] ?? 0;
  // What may lie above; from the top, since mostly high quantiles are asked for
  const most = (1 - share) * whole + 1e-9 * whole;
  let above = 0;
  for (let at = sorted.length - 1; at >= 0; at--) {
    above += weights[at] ?? 0;
    if (above > most) return sorted[at] ?? Number.NaN;
  }
  return sorted[0] ?? Number.NaN;
}
