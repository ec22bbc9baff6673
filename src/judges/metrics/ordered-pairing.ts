import { OutOfBudget } from '../../match/budget.ts';
import type { Comparison } from './best-pairing.ts';
import type { ComparedCall } from './compared-call.ts';

/** Cells of the table, and scores that are worked out: more would take many seconds. */
const MOST_CELLS = 1.5e8;
const MOST_SCORES = 5e5;

/** The greatest sum of scores over pairs that keep the order of both lists: a weighted longest common subsequence. */
export function orderedPairing(
  expected: readonly ComparedCall[],
  made: readonly ComparedCall[],
  comparison: Comparison,
): number {
  const ids = new Map<string, number>();
  const left = numbered(expected, comparison, ids);
  const right = numbered(made, comparison, ids);
  // pairing equal calls at either end never costs anything
  const start = commonLength(left, right, 0, 0, 1);
  const rest = commonLength(left, right, left.length - 1, right.length - 1, -1, start);
  const inner = {
    left: left.slice(start, left.length - rest),
    right: right.slice(start, right.length - rest),
  };
  return start + rest + fillTable(inner.left, inner.right, comparison);
}

interface Numbered {
  readonly call: ComparedCall;
  /** Equal for calls that score 1, unique for what equals nothing. */
  readonly id: number;
}

function numbered(
  calls: readonly ComparedCall[],
  { sameness }: Comparison,
  ids: Map<string, number>,
): Numbered[] {
  return calls.map((call) => {
    const same = sameness(call);
    const key = same === null ? `? ${ids.size}` : `=${same}`;
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return { call, id };
  });
}

function commonLength(
  left: readonly Numbered[],
  right: readonly Numbered[],
  leftFrom: number,
  rightFrom: number,
  step: 1 | -1,
  taken = 0,
): number {
  const most = Math.min(left.length, right.length) - taken;
  let length = 0;
  while (
    length < most &&
    left[leftFrom + step * length]?.id === right[rightFrom + step * length]?.id
  )
    length++;
  return length;
}

function fillTable(
  left: readonly Numbered[],
  right: readonly Numbered[],
  comparison: Comparison,
): number {
  if (left.length * right.length > MOST_CELLS) throw new OutOfBudget('orders of calls');
  const scoreOf = rememberedScores(comparison);
  let row = new Float64Array(right.length + 1);
  for (const expected of left) {
    const next = new Float64Array(right.length + 1);
    for (let at = 0; at < right.length; at++) {
      const score = scoreOf(expected, right[at] as Numbered); // at < length
      const paired = score > 0 ? (row[at] as number) + score : 0; // in range
      next[at + 1] = Math.max(row[at + 1] as number, next[at] as number, paired); // in range
    }
    row = next;
  }
  return row[right.length] as number; // its last cell
}

function rememberedScores({ score }: Comparison) {
  const known = new Map<number, number>();
  return (expected: Numbered, made: Numbered): number => {
    if (expected.id === made.id) return 1;
    if (expected.call.tool !== made.call.tool) return 0;
    const key = expected.id * 2 ** 26 + made.id; // there are fewer calls than that
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MOST_SCORES) throw new OutOfBudget('orders of calls');
    const value = score(expected.call, made.call);
    known.set(key, value);
    return value;
  };
}
