import { nextBit } from './bit-table.ts';
import type { CaptureProblem } from './capture-problem.ts';
import { keyOfValue, pinnableNames, pinnedKey } from './pinned.ts';
import type { Env } from './scope.ts';

/** Finds the calls, from one on, that a pattern may match under the captures so far: looked up by a captured value where the pattern has a place for it. */
export type CallsByCapture = (pattern: number, env: Env, from: number) => Iterable<number>;

/** Calls by the value that they have for one name, in their order. */
interface Index {
  readonly byKey: ReadonlyMap<string, number[]>;
  /** Calls that go with any value. */
  readonly others: readonly number[];
}

/** Makes the look-up; what it leaves out certainly does not match. */
export function callsByCapture(problem: CaptureProblem): CallsByCapture {
  const indexes = new Map<string, Index>();
  const names = problem.patterns.map(pinnableNames);
  const indexOf = (pattern: number, name: string): Index => {
    const id = `${pattern} ${name}`;
    const index = indexes.get(id) ?? makeIndex(problem, pattern, name);
    indexes.set(id, index);
    return index;
  };
  return (pattern, env, from) => {
    let least: readonly (readonly number[])[] | null = null;
    for (const name of names[pattern] ?? []) {
      const key = env.has(name) ? keyOfValue(env.get(name)) : null;
      if (key === null) continue;
      const { byKey, others } = indexOf(pattern, name);
      const lists = [byKey.get(key) ?? [], others];
      if (least === null || lengthOf(lists) < lengthOf(least)) least = lists;
    }
    return least === null ? inRow(problem, pattern, from) : merged(least, from);
  };
}

function makeIndex(problem: CaptureProblem, pattern: number, name: string): Index {
  const byKey = new Map<string, number[]>();
  const others: number[] = [];
  for (const at of inRow(problem, pattern, 0)) {
    const [one, call] = [problem.patterns[pattern], problem.calls[at]];
    const key = one && call ? pinnedKey(one, call, name) : null;
    const list = key === null ? others : byKey.get(key);
    if (list) list.push(at);
    else if (key !== null) byKey.set(key, [at]);
  }
  return { byKey, others };
}

function* inRow({ possible }: CaptureProblem, pattern: number, from: number): Generator<number> {
  for (let at = nextBit(possible, pattern, from); at !== -1; ) {
    yield at;
    at = nextBit(possible, pattern, at + 1);
  }
}

function lengthOf(lists: readonly (readonly number[])[]): number {
  return lists.reduce((sum, list) => sum + list.length, 0);
}

function* merged([a = [], b = []]: readonly (readonly number[])[], from: number) {
  let i = firstFrom(a, from);
  let j = firstFrom(b, from);
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY];
    yield Math.min(left, right);
    if (left < right) i++;
    else j++;
  }
}

function firstFrom(list: readonly number[], from: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) < from)
      low = middle + 1; // middle < length
    else high = middle;
  }
  return low;
}
