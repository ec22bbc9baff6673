import {
  type ComparedInterval,
  type ComparedTasks,
  type CompareOptions,
  differenceErrors,
  greaterError,
  pairTasks,
} from './compared-tasks.ts';
import {
  bothOf,
  type Evidence,
  evidenceOfError,
  evidenceOfTasks,
  unitsOf,
} from './difference-evidence.ts';
import type { TaskScores } from './paired-difference.ts';
import { evidenceOfResamples, resampledMeans } from './resampled.ts';
import { meanOf } from './standard-error.ts';

/** A difference or a ratio with what is known of it. */
export interface ComparedAmount {
  readonly value: number;
  /** Null where nothing varied, or of one task or cluster alone. */
  readonly interval: ComparedInterval | null;
  /** One-sided p against lying at or below the limit; null without an interval. */
  readonly pAbove: (limit: number) => number | null;
  /** One-sided p against lying at or above the limit; null without an interval. */
  readonly pBelow: (limit: number) => number | null;
}

/** How an amount such as cost or seconds differs between two versions over the same tasks; means of the tasks' means. */
export interface RatioComparison {
  readonly base: number;
  readonly head: number;
  readonly difference: number;
  /** Standard error of the difference: the greater of both. */
  readonly error: number;
  /** Of the difference: the wider of cluster bootstrap and t; null where nothing varied, or of one task or cluster alone. */
  readonly interval: ComparedInterval | null;
  /** As of an amount: of the difference. */
  readonly pAbove: (limit: number) => number | null;
  readonly pBelow: (limit: number) => number | null;
  /** Geometric mean of head / base by task; a task with 0 on both sides counts as unchanged. Null where a task has 0 on one side only, or less than 0: no ratio tells that. */
  readonly ratio: ComparedAmount | null;
  /** Two-sided, of the t test on log-ratios; null without their interval. */
  readonly p: number | null;
  readonly test: 'log_ratio_t' | null;
  /** Tasks that both have trials of. */
  readonly tasks: number;
}

/** Compares amounts such as cost, tokens, steps and seconds; null without a task that both have trials of. */
export function compareRatios(
  base: TaskScores,
  head: TaskScores,
  { clusters, level = 0.95, seed = 0 }: CompareOptions = {},
): RatioComparison | null {
  const tasks = pairTasks(base, head, clusters);
  if (tasks.differences.length === 0) return null;
  const value = meanOf(tasks.differences);
  const difference = amountOf(value, evidenceOfDraws(tasks, seed), level, 'bootstrap_and_t');
  const ratio = ratioOf(tasks, level);
  const p = ratio?.interval ? Math.min(ratio.pAbove(1) ?? 1, ratio.pBelow(1) ?? 1) * 2 : null;
  return {
    base: meanOf(tasks.base.means),
    head: meanOf(tasks.head.means),
    difference: value,
    error: greaterError(tasks),
    interval: difference.interval,
    pAbove: difference.pAbove,
    pBelow: difference.pBelow,
    ratio,
    p,
    test: p === null ? null : 'log_ratio_t',
    tasks: tasks.differences.length,
  };
}

/** An amount with the bounds and the one-sided p of what is known of it. */
export function amountOf(
  value: number,
  evidence: Evidence | null,
  level: number,
  method: string,
): ComparedAmount {
  const bounds = evidence?.bounds((1 - level) / 2);
  return {
    value,
    interval: bounds ? { ...bounds, level, method } : null,
    pAbove: (limit) => evidence?.pAbove(limit) ?? null,
    pBelow: (limit) => evidence?.pBelow(limit) ?? null,
  };
}

function evidenceOfDraws(tasks: ComparedTasks, seed: number): Evidence | null {
  const units = unitsOf(tasks);
  if (units.length < 2 || differenceErrors(tasks).random === 0) return null;
  // Of few skewed amounts percentiles claim too much, of others t does
  const drawn = evidenceOfResamples(resampledMeans(units, seed), units.length);
  return bothOf(drawn, evidenceOfTasks(tasks));
}

/** Paired t of the logarithms of ratios; errors of trials by the delta method, s²/(K·mean²). */
function ratioOf(tasks: ComparedTasks, level: number): ComparedAmount | null {
  const { base, head } = tasks;
  const logs = base.means.map((first, at) => {
    const second = head.means[at] ?? 0;
    return tasks.differences[at] === 0 ? 0 : Math.log(second / first);
  });
  const isTold = logs.every((one, at) => Number.isFinite(one) && (base.means[at] ?? 0) >= 0);
  if (!isTold) return null;
  const relative = ({ means, noise, trials }: typeof base) => ({
    means,
    trials,
    noise: noise.map((one, at) => (one === 0 ? 0 : one / (means[at] ?? 0) ** 2)),
  });
  const { random, fixed, df } = differenceErrors({
    base: relative(base),
    head: relative(head),
    differences: logs,
    clusters: tasks.clusters,
  });
  const center = meanOf(logs);
  const evidence = evidenceOfError(center, Math.max(random, fixed), df);
  return amountOf(Math.exp(center), evidence && ofLogarithm(evidence), level, 'log_ratio_t');
}

function ofLogarithm({ pAbove, pBelow, bounds }: Evidence): Evidence {
  return {
    pAbove: (limit) => (limit > 0 ? pAbove(Math.log(limit)) : 0),
    pBelow: (limit) => (limit > 0 ? pBelow(Math.log(limit)) : 1),
    bounds: (alpha) => {
      const { lower, upper } = bounds(alpha);
      return { lower: Math.exp(lower), upper: Math.exp(upper) };
    },
  };
}
