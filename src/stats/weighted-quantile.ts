import type { TaskScores } from './paired-difference.ts';

/** All trials of a version in order, with the task of each. */
export interface RankedTrials {
  readonly sorted: Float64Array;
  readonly taskOf: Int32Array;
  /** How many trials each task has. */
  readonly trials: Int32Array;
}

/** Sorts the trials of all tasks. */
export function rankTrials(tasks: TaskScores): RankedTrials {
  const values = Float64Array.from(tasks.flat());
  const owners = Int32Array.from(tasks.flatMap((scores, task) => scores.map(() => task)));
  const order = Int32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  return {
    sorted: Float64Array.from(order, (trial) => values[trial] ?? Number.NaN),
    taskOf: Int32Array.from(order, (trial) => owners[trial] ?? 0),
    trials: Int32Array.from(tasks, ({ length }) => length),
  };
}

/** The least value that such a share of the trials does not exceed, each task weighing the same (nearest rank, as in "95 of 100 trials took at most"). */
export function quantileOf({ sorted, taskOf, trials }: RankedTrials, share: number): number {
  const most = mostAbove(trials.length, share);
  let above = 0;
  for (let rank = sorted.length - 1; rank > 0; rank--) {
    above += 1 / (trials[taskOf[rank] ?? 0] ?? 1);
    if (above > most) return sorted[rank] ?? Number.NaN;
  }
  return sorted[0] ?? Number.NaN;
}

/** What may lie above a quantile, of the whole weight. */
function mostAbove(whole: number, share: number): number {
  return (1 - share) * whole + 1e-9 * whole;
}

/** Draws quantiles of resamples: each task so many times, of its trials each time as many as it has. Trials are drawn from the highest down and no further than the quantile. */
export function quantileDrawer(
  { sorted, taskOf, trials }: RankedTrials,
  share: number,
  random: () => number,
): (times: Int32Array, whole: number) => number {
  const open = new Int32Array(trials.length);
  const taken = new Int32Array(trials.length);
  return (times, whole) => {
    open.set(trials);
    taken.fill(0);
    const most = mostAbove(whole, share);
    let [above, rank] = [0, sorted.length];
    while (above <= most && rank > 0) {
      rank--;
      const task = taskOf[rank] ?? 0;
      const drawn = times[task] ?? 0;
      if (drawn === 0) continue;
      const own = trials[task] ?? 1;
      const left = drawn * own - (taken[task] ?? 0);
      const hits = hitsOf(left, open[task] ?? 1, random);
      open[task] = (open[task] ?? 1) - 1;
      taken[task] = (taken[task] ?? 0) + hits;
      above += hits / own;
    }
    return sorted[rank] ?? Number.NaN;
  };
}

/** How many of so many draws take one of so many trials. */
function hitsOf(draws: number, trials: number, random: () => number): number {
  if (trials === 1) return draws;
  let hits = 0;
  for (let draw = 0; draw < draws; draw++) if (random() * trials < 1) hits++;
  return hits;
}
