import type { ComparedTasks } from './compared-tasks.ts';
import { atMostOfTosses, mcNemar, type Stratum, stratifiedExact } from './exact-tests.ts';
import { type SignFlip, signFlip } from './sign-flip.ts';

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

/** All tests with the one that decides: its name, its two-sided p and its one-sided ones. */
export interface DecidingTest {
  readonly tests: PassRateTests;
  readonly test: string;
  readonly p: number;
  readonly worse: number;
  readonly better: number;
}

/** McNemar's exact test where each task has one trial on both sides, the stratified exact one else; beside them the sign-flip test, by clusters where tasks are clustered. */
export function passRateTests(tasks: ComparedTasks, seed: number): DecidingTest {
  const isSingle = [tasks.base, tasks.head].every(({ trials }) => trials.every((one) => one === 1));
  return isSingle ? ofSingle(tasks, seed) : ofRepeated(tasks, seed);
}

function ofSingle(tasks: ComparedTasks, seed: number): DecidingTest {
  const onlyBase = tasks.differences.filter((one) => one < 0).length;
  const onlyHead = tasks.differences.filter((one) => one > 0).length;
  const { exact, midP } = mcNemar(onlyBase, onlyHead);
  const mcnemar = { only_base: onlyBase, only_head: onlyHead, exact, mid_p: midP };
  // Flipping signs of single trials is the same as McNemar's test
  const flip: SignFlip = tasks.clusters ? flipOf(tasks, seed) : { p: exact, method: 'exact' };
  return {
    tests: { mcnemar, stratified: null, sign_flip: flip },
    test: 'mcnemar_exact',
    p: exact,
    worse: atMostOfTosses(onlyBase + onlyHead, onlyHead),
    better: atMostOfTosses(onlyBase + onlyHead, onlyBase),
  };
}

function ofRepeated(tasks: ComparedTasks, seed: number): DecidingTest {
  const { base, head } = tasks;
  const strata = tasks.differences.map((_, at): Stratum => {
    const [first, second] = [base.trials[at] ?? 0, head.trials[at] ?? 0];
    return {
      first: { passed: Math.round((base.means[at] ?? 0) * first), trials: first },
      second: { passed: Math.round((head.means[at] ?? 0) * second), trials: second },
    };
  });
  const { lower, upper, twoSided, method } = stratifiedExact(strata);
  return {
    tests: {
      mcnemar: null,
      stratified: { lower, two_sided: twoSided, method },
      sign_flip: flipOf(tasks, seed),
    },
    test: `stratified_${method}`,
    p: twoSided,
    worse: lower,
    better: upper,
  };
}

function flipOf(tasks: ComparedTasks, seed: number): SignFlip {
  return signFlip(clusterSums(tasks), seed);
}

/** Sum of differences of each cluster, whose signs flip together. */
export function clusterSums({ differences, clusters }: ComparedTasks): readonly number[] {
  if (!clusters) return differences;
  const sums = new Map<number, number>();
  differences.forEach((one, at) => {
    const cluster = clusters[at] as number; // as many as differences
    sums.set(cluster, (sums.get(cluster) ?? 0) + one);
  });
  return [...sums.values()];
}
