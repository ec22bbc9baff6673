import {
  type ComparedInterval,
  type ComparedTasks,
  type CompareOptions,
  pairTasks,
} from './compared-tasks.ts';
import { mcNemar, type Stratum, signFlip, stratifiedExact } from './exact-tests.ts';
import { normalBelow } from './normal.ts';
import type { TaskScores } from './paired-difference.ts';
import { clusteredStandardError, meanOf, sumOf } from './standard-error.ts';
import { tQuantile } from './student-t.ts';

/** The tests that a comparison of pass rates goes by; null where one does not apply. */
export interface PassRateTests {
  /** Of tasks with one trial on both sides. */
  readonly mcnemar: {
    readonly only_base: number;
    readonly only_head: number;
    readonly exact: number;
    readonly mid_p: number;
  } | null;
  /** Of tasks with more trials; `lower` is the chance that head passes as seldom as it did. */
  readonly stratified: {
    readonly lower: number;
    readonly two_sided: number;
    readonly method: string;
  } | null;
  readonly sign_flip: { readonly p: number; readonly method: string } | null;
}

/** How pass rates of two versions differ over the same tasks; rates are means of the tasks' rates. */
export interface PassRateComparison {
  readonly base: number;
  readonly head: number;
  readonly difference: number;
  readonly interval: ComparedInterval;
  /** Standard errors of the difference: tasks as a sample of more, or these tasks alone. */
  readonly errors: { readonly random_tasks: number; readonly fixed_tasks: number };
  readonly tests: PassRateTests;
  /** Two-sided, of the test that decides. */
  readonly p: number;
  /** The test that decides. */
  readonly test: string;
  /** One-sided p of the same test: small where head is worse. Fails a gate only together with an interval below 0. */
  readonly pWorse: number;
  /** One-sided p against the head being worse by the margin or more. */
  readonly pNotInferior: (margin: number) => number;
  /** Tasks that both have trials of. */
  readonly tasks: number;
}

/** Compares the pass rates of two versions task by task; trials are 0 or 1. Null without a task that both have trials of. */
export function comparePassRates(
  base: TaskScores,
  head: TaskScores,
  options: CompareOptions = {},
): PassRateComparison | null {
  const { level = 0.95 } = options;
  const tasks = pairTasks(base, head, options.clusters);
  const count = tasks.differences.length;
  if (count === 0) return null;
  const difference = meanOf(tasks.differences);
  const errors = {
    random_tasks: clusteredStandardError(tasks.differences, tasks.clusters),
    fixed_tasks: Math.sqrt(sumOf(tasks.noise)) / count,
  };
  const error = Math.max(errors.random_tasks, errors.fixed_tasks);
  const half = tQuantile((1 + level) / 2, Math.max(1, new Set(tasks.clusters).size - 1)) * error;
  const tests = testsOf(tasks);
  const p = tests.mcnemar?.exact ?? tests.stratified?.two_sided ?? 1;
  return {
    base: meanOf(tasks.base),
    head: meanOf(tasks.head),
    difference,
    interval: { lower: difference - half, upper: difference + half, level, method: 'paired_t' },
    errors,
    tests,
    p,
    test: tests.mcnemar ? 'mcnemar_exact' : 'stratified_exact',
    pWorse: tests.stratified?.lower ?? (difference < 0 ? p / 2 : 1 - p / 2),
    pNotInferior: (margin) => 1 - normalBelow((difference + margin) / error),
    tasks: count,
  };
}

function testsOf(tasks: ComparedTasks): PassRateTests {
  const strata = tasks.base.map((rate, at): Stratum => {
    const [first, second] = [tasks.trials.base[at] ?? 0, tasks.trials.head[at] ?? 0];
    return {
      first: { passed: Math.round(rate * first), trials: first },
      second: { passed: Math.round((tasks.head[at] ?? 0) * second), trials: second },
    };
  });
  const single = strata.every(({ first, second }) => first.trials === 1 && second.trials === 1);
  const onlyBase = tasks.differences.filter((one) => one < 0).length;
  const onlyHead = tasks.differences.filter((one) => one > 0).length;
  const { exact, midP } = mcNemar(onlyBase, onlyHead);
  const { lower, twoSided } = single ? { lower: 1, twoSided: 1 } : stratifiedExact(strata);
  const flip = signFlip(tasks.differences);
  return {
    mcnemar: single ? { only_base: onlyBase, only_head: onlyHead, exact, mid_p: midP } : null,
    stratified: single ? null : { lower, two_sided: twoSided, method: 'exact' },
    sign_flip: flip === null ? null : { p: flip, method: 'exact' },
  };
}
