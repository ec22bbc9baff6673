import type { TaskScores } from './paired-difference.ts';
import { meanOf, sampleVariance } from './standard-error.ts';

/** What every comparison may be told. */
export interface CompareOptions {
  /** The cluster of each task, such as one number for all attacks on a task; each is its own where this is left out. */
  readonly clusters?: readonly number[];
  /** Of the interval; 0.95 where it is left out. */
  readonly level?: number;
  /** Of what is drawn at random; 0 where it is left out. */
  readonly seed?: number;
}

/** Bounds of a figure, with the method that gave them. */
export interface ComparedInterval {
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  readonly method: string;
}

/** Tasks that both versions have trials of, in columns. */
export interface ComparedTasks {
  readonly base: readonly number[];
  readonly head: readonly number[];
  readonly differences: readonly number[];
  /** Variance of each difference that is due to trials alone: s²_A/K_A + s²_B/K_B. */
  readonly noise: readonly number[];
  readonly trials: { readonly base: readonly number[]; readonly head: readonly number[] };
  readonly clusters: readonly number[];
}

/** Pairs tasks by their place and leaves out those that one version has no trial of; throws where there are not equally many. */
export function pairTasks(
  base: TaskScores,
  head: TaskScores,
  clusters?: readonly number[],
): ComparedTasks {
  if (base.length !== head.length) throw new RangeError('Both versions need the same tasks');
  if (clusters && clusters.length !== base.length) {
    throw new RangeError('Each task needs its cluster');
  }
  const both = base.flatMap((first, at) => {
    const second = head[at] ?? [];
    return first.length > 0 && second.length > 0 ? [{ first, second, at }] : [];
  });
  const means = both.map(({ first, second }) => [meanOf(first), meanOf(second)] as const);
  return {
    base: means.map(([a]) => a),
    head: means.map(([, b]) => b),
    differences: means.map(([a, b]) => b - a),
    noise: both.map(
      ({ first, second }) =>
        sampleVariance(first) / first.length + sampleVariance(second) / second.length,
    ),
    trials: {
      base: both.map(({ first }) => first.length),
      head: both.map(({ second }) => second.length),
    },
    clusters: both.map(({ at }) => clusters?.[at] ?? at),
  };
}
