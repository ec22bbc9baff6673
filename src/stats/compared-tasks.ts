import type { TaskScores } from './paired-difference.ts';
import {
  clusteredStandardError,
  meanOf,
  ROUNDING,
  sampleVariance,
  standardError,
} from './standard-error.ts';

/** What every comparison may be told. */
export interface CompareOptions {
  /** The cluster of each task, such as one number for all attacks on a task; each is its own where this is left out. */
  readonly clusters?: readonly number[] | undefined;
  /** Of the interval; 0.95 where it is left out. */
  readonly level?: number | undefined;
  /** Of what is drawn at random; 0 where it is left out. */
  readonly seed?: number | undefined;
}

/** Bounds of a figure, with the method that gave them. */
export interface ComparedInterval {
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  readonly method: string;
}

/** What one version made of each task, in columns. */
export interface ComparedSide {
  readonly means: readonly number[];
  readonly trials: readonly number[];
  /** Variance of each mean that is due to its trials alone, s²/K; 0 of one trial, of which it cannot be told. */
  readonly noise: readonly number[];
}

/** Tasks that both versions have trials of. */
export interface ComparedTasks {
  readonly base: ComparedSide;
  readonly head: ComparedSide;
  /** Head − base of each. */
  readonly differences: readonly number[];
  /** The cluster of each; null where each is its own. */
  readonly clusters: readonly number[] | null;
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
  const isPaired = (_: unknown, at: number) => !!base[at]?.length && !!head[at]?.length;
  const [first, second] = [sideOf(base.filter(isPaired)), sideOf(head.filter(isPaired))];
  return {
    base: first,
    head: second,
    differences: second.means.map((mean, at) => apart(mean, first.means[at] ?? 0)),
    clusters: apartFrom(clusters?.filter(isPaired)),
  };
}

/** The difference; 0 where trials in another order make it. */
function apart(mean: number, from: number): number {
  return Math.abs(mean - from) <= ROUNDING * Math.abs(from) ? 0 : mean - from;
}

/** One cluster alone tells nothing of others: then only its tasks are asked about. */
function apartFrom(clusters: readonly number[] | undefined): readonly number[] | null {
  return clusters && new Set(clusters).size > 1 ? clusters : null;
}

function sideOf(tasks: TaskScores): ComparedSide {
  return {
    means: tasks.map(meanOf),
    trials: tasks.map(({ length }) => length),
    noise: tasks.map((scores) => sampleVariance(scores) / scores.length),
  };
}

/** How far the mean of differences may be off. */
export interface DifferenceErrors {
  /** Where tasks are a sample of more: s(d_t)/√n, clustered where tasks are (Miller, arXiv 2411.00640). */
  readonly random: number;
  /** Where only these tasks are asked about: (1/n)·√Σ(s²_A/K_A + s²_B/K_B). */
  readonly fixed: number;
  /** Degrees of freedom: clusters − 1; of a single task those of its trials (Welch), 0 where it has too few. */
  readonly df: number;
}

/** Errors of the mean of differences; gates go by the greater, as few differences may be alike by luck. */
export function differenceErrors({
  base,
  head,
  differences,
  clusters,
}: ComparedTasks): DifferenceErrors {
  const noise = base.noise.reduce((sum, one, at) => sum + one + (head.noise[at] ?? 0), 0);
  const units = clusters ? new Set(clusters).size : differences.length;
  return {
    random: clusters ? clusteredStandardError(differences, clusters) : standardError(differences),
    fixed: Math.sqrt(noise) / differences.length,
    df: units > 1 ? units - 1 : welchFreedom(base, head),
  };
}

/** The greater error of the mean of differences. */
export function greaterError(tasks: ComparedTasks): number {
  const { random, fixed } = differenceErrors(tasks);
  return Math.max(random, fixed);
}

/** Degrees of freedom of Welch & Satterthwaite for the trials of one task; 0 where they cannot be told. */
function welchFreedom(base: ComparedSide, head: ComparedSide): number {
  const [a = 0, b = 0] = [base.noise[0], head.noise[0]];
  const [first = 0, second = 0] = [base.trials[0], head.trials[0]];
  if (first < 2 || second < 2 || a + b === 0) return 0;
  return (a + b) ** 2 / (a ** 2 / (first - 1) + b ** 2 / (second - 1));
}

/** Harmonic mean of trials: what a mean of variances of means goes by. */
export function typicalTrials({ trials }: ComparedSide): number {
  return 1 / meanOf(trials.map((one) => 1 / one));
}
