import { wilsonInterval, zeroFailuresBound } from './intervals.ts';
import { tQuantile } from './student-t.ts';

/** Trials of one task: how many there are, and in how many of them it happened. */
export interface TaskCount {
  readonly happened: number;
  readonly trials: number;
}

/** Interval of a rate with the method that gave it. */
export type RateBounds = {
  readonly lower: number;
  readonly upper: number;
  readonly method: 'wilson' | 'clustered_t' | 'all_alike';
};

/** Interval of a pooled rate at 95 %, null without trials: Wilson's where trials stand alone, Student's t clustered by task where tasks have several; one-sided where all is alike. */
export function rateInterval(counts: readonly TaskCount[]): RateBounds | null {
  const tasks = counts.filter(({ trials }) => trials > 0);
  const trials = tasks.reduce((sum, task) => sum + task.trials, 0);
  const happened = tasks.reduce((sum, task) => sum + task.happened, 0);
  if (trials === 0) return null;
  // Trials of one task are alike: as long as all are, tasks are what counts
  const units = tasks.length > 1 ? tasks.length : trials;
  if (happened === 0) return { lower: 0, upper: zeroFailuresBound(units), method: 'all_alike' };
  if (happened === trials) {
    return { lower: 1 - zeroFailuresBound(units), upper: 1, method: 'all_alike' };
  }
  const alone = wilsonInterval(happened, trials);
  if (tasks.length === 1 || tasks.length === trials) return { ...alone, method: 'wilson' };
  const half = clusteredHalf(tasks, happened / trials, trials);
  return {
    lower: Math.max(0, Math.min(alone.lower, happened / trials - half)),
    upper: Math.min(1, Math.max(alone.upper, happened / trials + half)),
    method: 'clustered_t',
  };
}

/** Half of a t interval from the cluster-robust error √(C/(C−1)·Σ_c(x_c − n_c·p̂)²)/N, which is s(p̂_t)/√C where tasks have equally many trials (Miller, arXiv 2411.00640). */
function clusteredHalf(tasks: readonly TaskCount[], rate: number, trials: number): number {
  const apart = tasks.reduce((sum, task) => sum + (task.happened - task.trials * rate) ** 2, 0);
  const clusters = tasks.length;
  const error = Math.sqrt((clusters / (clusters - 1)) * apart) / trials;
  return tQuantile(0.975, clusters - 1) * error;
}
