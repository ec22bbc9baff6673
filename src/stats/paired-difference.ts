import { meanOf, sampleVariance, standardError, sumOf } from './standard-error.ts';

/** Scores of the trials of each task. */
export type TaskScores = readonly (readonly number[])[];

/** How much the second version differs from the first over the same tasks. */
export interface PairedDifference {
  readonly difference: number;
  /** Error where tasks are a sample of more tasks: s(d_t)/√n (Miller, arXiv 2411.00640). */
  readonly randomTasks: number;
  /** Error where only these tasks are asked about: (1/n)·√Σ(s²_A/K_A + s²_B/K_B). */
  readonly fixedTasks: number;
}

/** Compares two versions task by task; trials of one task are not paired with each other. */
export function pairedDifference(first: TaskScores, second: TaskScores): PairedDifference {
  if (first.length !== second.length) throw new RangeError('Both versions need the same tasks');
  const differences = first.map((scores, task) => meanOf(second[task] ?? []) - meanOf(scores));
  const noise = [first, second].map((version) =>
    sumOf(version.map((scores) => sampleVariance(scores) / scores.length)),
  );
  return {
    difference: meanOf(differences),
    randomTasks: standardError(differences),
    fixedTasks: Math.sqrt(sumOf(noise)) / first.length,
  };
}

/** Where the variance of a mean comes from: more trials shrink `within` alone. */
export interface VarianceBudget {
  readonly within: number;
  readonly between: number;
  /** Share of the variance that lies between tasks (intraclass correlation). */
  readonly icc: number;
}

/** Splits the variance of scores (one-way random effects): σ²_W is the mean variance within tasks, σ²_B = s²(p̂_t) − σ²_W/K, at least 0. */
export function varianceBudget(tasks: TaskScores): VarianceBudget {
  const within = meanOf(tasks.map(sampleVariance));
  const trials = meanOf(tasks.map((scores) => scores.length));
  const between = Math.max(0, sampleVariance(tasks.map(meanOf)) - within / trials);
  return { within, between, icc: between / (between + within) };
}
