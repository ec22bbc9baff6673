import { type Call, NO_RESULT } from '../match/calls.ts';
import type { CallPattern } from '../match/pattern.ts';
import { keyOfValue, pinnableNames, pinnedKey } from '../match/pinned.ts';
import type { Env } from '../match/scope.ts';

/** A call that must have been answered, with what it captured. */
export interface Earlier {
  readonly call: Call;
  /** Step from which on it counts as answered. */
  readonly answered: number;
  readonly env: Env;
}

/** Finds, in their order, the calls that were answered before another one and whose captures may agree with it; looked up by one captured value where `then` has a place for it. */
export function earlierCalls(
  firsts: readonly Earlier[],
  then: CallPattern,
): (call: Call) => Iterable<Earlier> {
  const name = pinnableNames(then).find((one) => firsts.some(({ env }) => env.has(one)));
  const byKey = new Map<string, Earlier[]>();
  const others: Earlier[] = [];
  for (const first of firsts) {
    const known = name !== undefined && first.env.has(name);
    const key = known ? keyOfValue(first.env.get(name)) : null;
    const list = key === null ? others : byKey.get(key);
    if (list) list.push(first);
    else if (key !== null) byKey.set(key, [first]);
  }
  const earliest = firsts.reduce((least, { answered }) => Math.min(least, answered), NO_RESULT);
  return (call) => {
    if (earliest >= call.step) return [];
    const key = name === undefined ? null : pinnedKey(then, call, name);
    const likely = key === null ? [firsts] : [byKey.get(key) ?? [], others];
    return answeredBefore(call, likely);
  };
}

/** Goes through two lists at once, by the order of their calls. */
function* answeredBefore(
  call: Call,
  [a = [], b = []]: readonly (readonly Earlier[])[],
): Generator<Earlier> {
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [left, right] = [a[i], b[j]];
    const isLeft = right === undefined || (left !== undefined && left.call.step <= right.call.step);
    const next = isLeft ? left : right;
    if (isLeft) i++;
    else j++;
    if (next && isBefore(next, call)) yield next;
  }
}

/** Whether a call was answered before another one that was not issued together with it. */
function isBefore({ call: first, answered }: Earlier, call: Call): boolean {
  if (answered >= call.step) return false;
  return call.parallel === undefined || first.parallel !== call.parallel;
}
