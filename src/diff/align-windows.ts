import { isEqual, MOST_CELLS } from './align-score.ts';
import type { Unit } from './align-units.ts';

/** A stretch of both sides: from the first unit of each up to, not including, the last. */
export interface Window {
  readonly base: readonly [from: number, to: number];
  readonly head: readonly [from: number, to: number];
}

/** Windows to align each by itself, and the pairs between them. */
export interface Windows {
  readonly windows: readonly Window[];
  /** false: the best alignment may cross the borders of windows. */
  readonly exact: boolean;
}

/** Pairs the equal units at both ends and cuts what is left into windows that can be aligned in bounded time; writes the partners of the pairs that it made. */
export function windowsOf(
  base: readonly Unit[],
  head: readonly Unit[],
  partner: Int32Array,
): Windows {
  const whole: Window = { base: [0, base.length], head: [0, head.length] };
  const middle = withoutEqualEnds(base, head, whole, partner);
  if (cellsOf(middle) <= MOST_CELLS) return { windows: [middle], exact: true };
  const windows = betweenAnchors(base, head, middle, partner);
  const inner = windows.map((window) => withoutEqualEnds(base, head, window, partner));
  const units = middle.base[1] - middle.base[0] + middle.head[1] - middle.head[0];
  return { windows: inner.flatMap((window) => blocksOf(window, units)), exact: false };
}

/** The inner window once equal units at both of its ends are paired. */
function withoutEqualEnds(
  base: readonly Unit[],
  head: readonly Unit[],
  { base: [i0, i1], head: [j0, j1] }: Window,
  partner: Int32Array,
): Window {
  const equal = (i: number, j: number) => {
    const [one, other] = [base[i], head[j]];
    return one !== undefined && other !== undefined && isEqual(one, other);
  };
  let [from, start, to, end] = [i0, j0, i1, j1];
  while (from < to && start < end && equal(from, start)) partner[from++] = start++;
  while (from < to && start < end && equal(to - 1, end - 1)) partner[--to] = --end;
  return { base: [from, to], head: [start, end] };
}

/** Pairs units that are there once on each side, as many as keep their order, and gives the windows between them. */
function betweenAnchors(
  base: readonly Unit[],
  head: readonly Unit[],
  { base: [i0, i1], head: [j0, j1] }: Window,
  partner: Int32Array,
): Window[] {
  const inHead = onceEach(head, j0, j1);
  const twins: [number, number][] = [];
  for (const [key, i] of onceEach(base, i0, i1)) {
    const j = inHead.get(key) ?? -1;
    if (i >= 0 && j >= 0) twins.push([i, j]);
  }
  const windows: Window[] = [];
  let [from, start] = [i0, j0];
  for (const [i, j] of longestRising(twins.sort(([a], [b]) => a - b))) {
    partner[i] = j;
    windows.push({ base: [from, i], head: [start, j] });
    [from, start] = [i + 1, j + 1];
  }
  return [...windows, { base: [from, i1], head: [start, j1] }];
}

/** Where each unit of a stretch stands, −1 where it is there more than once. */
function onceEach(units: readonly Unit[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let at = from; at < to; at++) {
    const { sort, asked, decided, came } = units[at] as Unit; // at < length
    const key = `${sort} ${asked} ${decided} ${came}`;
    places.set(key, places.has(key) ? -1 : at);
  }
  return places;
}

/** The longest choice of pairs, sorted by their first numbers, whose second ones rise too. */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  const second = (at: number | undefined) => pairs[at ?? -1]?.[1] ?? -1;
  for (const [at, [, j]] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if (second(ends[half]) < j) low = half + 1;
      else high = half;
    }
    before[at] = ends[low - 1] ?? -1;
    ends[low] = at;
  }
  const chosen: [number, number][] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair) chosen.push(pair);
  }
  return chosen.reverse();
}

/** Cuts a window into blocks along its diagonal, so many that all windows together stay within bounds. */
function blocksOf(window: Window, units: number): Window[] {
  const [i0, i1] = window.base;
  const [j0, j1] = window.head;
  const share = (MOST_CELLS * (i1 - i0 + j1 - j0)) / units;
  const count = Math.max(1, Math.ceil(cellsOf(window) / Math.max(share, 1)));
  const cut = (from: number, to: number, at: number) =>
    from + Math.floor(((to - from) * at) / count);
  return Array.from({ length: count }, (_, at) => ({
    base: [cut(i0, i1, at), cut(i0, i1, at + 1)] as const,
    head: [cut(j0, j1, at), cut(j0, j1, at + 1)] as const,
  }));
}

function cellsOf({ base, head }: Window): number {
  return (base[1] - base[0]) * (head[1] - head[0]);
}
