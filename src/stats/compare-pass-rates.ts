import {
  type ComparedInterval,
  type ComparedTasks,
  type CompareOptions,
  differenceErrors,
  pairTasks,
} from './compared-tasks.ts';
import {
  bothOf,
  type Evidence,
  evidenceOfBounded,
  evidenceOfError,
} from './difference-evidence.ts';
import { evidenceOfTrials } from './newcombe.ts';
import type { TaskScores } from './paired-difference.ts';
import { type PassRateTests, passRateTests } from './pass-rate-tests.ts';
import { meanOf } from './standard-error.ts';

/** How pass rates of two versions differ over the same tasks; rates are means of the tasks' rates. */
export interface PassRateComparison {
  readonly base: number;
  readonly head: number;
  readonly difference: number;
  readonly interval: ComparedInterval;
  /** Standard error of the difference: the greater of both. */
  readonly error: number;
  /** Standard errors of the difference: tasks as a sample of more, or these tasks alone. */
  readonly errors: { readonly random_tasks: number; readonly fixed_tasks: number };
  readonly tests: PassRateTests;
  /** Two-sided, of the exact test that decides. */
  readonly p: number;
  /** The test that decides: `mcnemar_exact`, `stratified_exact`, `stratified_cmh`. */
  readonly test: string;
  /** One-sided p for head being worse: the greater of that of the test and that of the t interval. At most (1 − level)/2 just where the interval lies below 0 and the test is significant. */
  readonly pWorse: number;
  /** One-sided p against head being worse by the margin or more; at most (1 − level)/2 just where the interval lies above −margin. */
  readonly pNotInferior: (margin: number) => number;
  /** Tasks that both have trials of. */
  readonly tasks: number;
}

/** Compares the pass rates of two versions task by task; trials are 0 or 1. Null without a task that both have trials of. */
export function comparePassRates(
  base: TaskScores,
  head: TaskScores,
  { clusters, level = 0.95, seed = 0 }: CompareOptions = {},
): PassRateComparison | null {
  const tasks = pairTasks(base, head, clusters);
  const count = tasks.differences.length;
  if (count === 0) return null;
  const { random, fixed } = differenceErrors(tasks);
  const { tests, test, p, worse, better } = passRateTests(tasks, seed);
  const { far, near, method } = evidenceOf(tasks);
  const alpha = (1 - level) / 2;
  const shown = {
    worse: Math.max(worse, near.pBelow(0)),
    better: Math.max(better, near.pAbove(0)),
  };
  const [outer, inner] = [far.bounds(alpha), near.bounds(alpha)];
  // Where the exact test says that it is not 0, the bound that faces 0 needs to allow for no more than t does
  const lower = outer.lower < 0 && shown.better <= alpha ? inner.lower : outer.lower;
  const upper = outer.upper > 0 && shown.worse <= alpha ? inner.upper : outer.upper;
  return {
    base: meanOf(tasks.base.means),
    head: meanOf(tasks.head.means),
    difference: meanOf(tasks.differences),
    interval: { lower: Math.max(-1, lower), upper: Math.min(1, upper), level, method },
    error: Math.max(random, fixed),
    errors: { random_tasks: random, fixed_tasks: fixed },
    tests,
    p,
    test,
    pWorse: shown.worse,
    pNotInferior: (margin) => Math.min(far.pAbove(-margin), shown.better),
    tasks: count,
  };
}

/** What bounds go by: `far` allows for losses that were not seen; `near` is what has to agree with the exact test. */
function evidenceOf(tasks: ComparedTasks): { far: Evidence; near: Evidence; method: string } {
  const { base, head, differences } = tasks;
  if (differences.length === 1) {
    const [first, second] = [base, head].map(({ means, trials }) => ({
      happened: (means[0] ?? 0) * (trials[0] ?? 0),
      trials: trials[0] ?? 0,
    })) as [{ happened: number; trials: number }, { happened: number; trials: number }]; // of two
    const evidence = evidenceOfTrials(first, second);
    return { far: evidence, near: evidence, method: 'newcombe' };
  }
  const { random, fixed, df } = differenceErrors(tasks);
  const error = Math.max(random, fixed);
  const t = evidenceOfError(meanOf(differences), error, df);
  const bounded = evidenceOfBounded(tasks);
  if (t) return { far: bothOf(bounded, t), near: t, method: 'paired_t_bounded' };
  const near = evidenceOfError(meanOf(differences), likelyError(tasks), df);
  return { far: bounded, near: near ?? bounded, method: 'all_alike' };
}

/** Error of these tasks where no trial of any varied: half a pass and half a failure added to each. */
function likelyError({ base, head }: ComparedTasks): number {
  const variance = [base, head].flatMap(({ means, trials }) =>
    means.map((mean, at) => {
      const of = trials[at] ?? 0;
      const rate = (mean * of + 0.5) / (of + 1);
      return (rate * (1 - rate)) / of;
    }),
  );
  return Math.sqrt(variance.reduce((sum, one) => sum + one, 0)) / base.means.length;
}
