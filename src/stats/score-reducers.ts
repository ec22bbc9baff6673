import { passAtK, passHatK } from './pass-at-k.ts';
import { meanOf } from './standard-error.ts';

/** One figure from the scores of a task's trials; NaN is a trial without a score, which is left out (Inspect's reducers). */
export type Reducer = (scores: readonly number[]) => number;

/** Mean of the scores. */
export const reduceMean: Reducer = (scores) => meanOf(scored(scores));

/** Median of the scores; of an even number the mean of the two in the middle. */
export const reduceMedian: Reducer = (scores) => {
  const sorted = scored(scores).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return meanOf(sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1));
};

/** Highest score. */
export const reduceMax: Reducer = (scores) => {
  const found = scored(scores);
  return found.length === 0 ? Number.NaN : found.reduce((most, score) => Math.max(most, score));
};

/** 1 where at least k trials reach a score. */
export function reduceAtLeast(k: number, value = 1): Reducer {
  return (scores) => (reaching(scores, value) >= k ? 1 : 0);
}

/** pass@k of the trials that reach a score; NaN where there are fewer than k. */
export function reducePassAt(k: number, value = 1): Reducer {
  return (scores) => chance(scores, value, k, passAtK);
}

/** pass^k of the trials that reach a score; NaN where there are fewer than k. */
export function reducePassHat(k: number, value = 1): Reducer {
  return (scores) => chance(scores, value, k, passHatK);
}

/** The most frequent value, the first seen of those that tie; undefined of nothing. */
export function modeOf<Value>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: [Value, number] | undefined;
  for (const entry of counts) if (!best || entry[1] > best[1]) best = entry;
  return best?.[0];
}

/** Reduces scores with several parts, each by its key; throws where trials differ in their keys. */
export function reduceByKey(
  scores: readonly Readonly<Record<string, number>>[],
  reduce: Reducer,
): Record<string, number> {
  const keys = Object.keys(scores[0] ?? {});
  const isOdd = scores.some(
    (score) =>
      Object.keys(score).length !== keys.length || keys.some((key) => !Object.hasOwn(score, key)),
  );
  if (isOdd) throw new RangeError('The trials of a task have scores with different keys');
  return Object.fromEntries(
    keys.map((key) => [key, reduce(scores.map((score) => score[key] as number))]), // each has it
  );
}

function scored(scores: readonly number[]): number[] {
  return scores.filter((score) => !Number.isNaN(score));
}

function reaching(scores: readonly number[], value: number): number {
  return scores.filter((score) => score >= value).length;
}

function chance(
  scores: readonly number[],
  value: number,
  k: number,
  figure: (n: number, c: number, k: number) => number,
): number {
  const n = scored(scores).length;
  return n < k ? Number.NaN : figure(n, reaching(scores, value), k);
}
