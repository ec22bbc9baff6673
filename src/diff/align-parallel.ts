import { isEqual, type ToColumns, worthOf } from './align-score.ts';
import type { Side, Unit } from './align-units.ts';

/** Calls that are looked at to find partners within groups, at most. */
const MOST_LOOKS = 2 ** 22;

/** Puts the calls of each parallel group in an order that depends on what they ask alone, since theirs says nothing. */
export function arranged(units: readonly Unit[]): Unit[] {
  const all = [...units];
  for (const [from, to] of groupsOf(all)) {
    const sorted = all.slice(from, to).sort((a, b) => a.asked - b.asked || a.came - b.came);
    all.splice(from, to - from, ...sorted);
  }
  return all;
}

/** Pairs calls of parallel groups with calls of the other side that only their order kept apart; false where that was too much to look through. */
export function pairWithinGroups(
  base: Side,
  head: Side,
  partner: Int32Array,
  toColumns: ToColumns,
): boolean {
  const looks = { left: MOST_LOOKS };
  pairOneSide(base, head, partner, toColumns, looks);
  const back = new Int32Array(head.units.length).fill(-1);
  for (const [i, j] of partner.entries()) if (j >= 0) back[j] = i;
  pairOneSide(head, base, back, toColumns, looks);
  for (const [j, i] of back.entries()) if (i >= 0) partner[i] = j;
  return looks.left > 0;
}

/** Runs of calls that were issued together, longer than one. */
function groupsOf(units: readonly Unit[]): [from: number, to: number][] {
  const groups: [number, number][] = [];
  let from = 0;
  for (let at = 1; at <= units.length; at++) {
    const group = units[from]?.parallel;
    if (group !== undefined && units[at]?.parallel === group) continue;
    if (at - from > 1) groups.push([from, at]);
    from = at;
  }
  return groups;
}

function pairOneSide(
  one: Side,
  other: Side,
  partner: Int32Array,
  toColumns: ToColumns,
  looks: { left: number },
): void {
  const taken = new Set(partner);
  const limits = leastAfter(partner, other.units.length);
  let most = -1;
  let done = 0;
  for (const [from, to] of groupsOf(one.units)) {
    for (; done < from; done++) most = Math.max(most, partner[done] ?? -1);
    const open = range(from, to).filter((at) => !areEqual(one, at, other, partner[at]));
    const sorts = new Set(open.map((at) => one.units[at]?.sort));
    const limit = limits[to] ?? other.units.length;
    looks.left -= open.length === 0 ? 0 : (limit - most) * open.length;
    if (open.length === 0 || looks.left <= 0) continue;
    for (const at of open) {
      taken.delete(partner[at] ?? -1);
      partner[at] = -1;
    }
    const free = range(most + 1, limit).filter(
      (at) => !taken.has(at) && sorts.has(other.units[at]?.sort),
    );
    for (const [i, j] of bestPairs(one, open, other, free, toColumns)) {
      partner[i] = j;
      taken.add(j);
    }
  }
}

function areEqual(one: Side, i: number, other: Side, j = -1): boolean {
  const [unit, beside] = [one.units[i], other.units[j]];
  return unit !== undefined && beside !== undefined && isEqual(unit, beside);
}

/** At each place the least partner from there on. */
function leastAfter(partner: Int32Array, none: number): Int32Array {
  const least = new Int32Array(partner.length + 1).fill(none);
  for (let at = partner.length - 1; at >= 0; at--) {
    const own = partner[at] as number; // at < length
    least[at] = Math.min(least[at + 1] ?? none, own < 0 ? none : own);
  }
  return least;
}

/** Pairs in any order, those that are worth most first. */
function bestPairs(
  one: Side,
  open: readonly number[],
  other: Side,
  free: readonly number[],
  toColumns: ToColumns,
): [number, number][] {
  if (free.length === 0) return [];
  const pick = ({ units }: Side, at: readonly number[]) => at.flatMap((each) => units[each] ?? []);
  const rows = toColumns(pick(one, open), one.steps);
  const columns = toColumns(pick(other, free), other.steps);
  const all = open.flatMap((i, row) =>
    free.map((j, column) => ({ i, j, worth: worthOf(rows, row, columns, column) })),
  );
  const used = new Set<string>();
  const pairs: [number, number][] = [];
  for (const { i, j, worth } of all.sort((a, b) => b.worth - a.worth || a.i - b.i || a.j - b.j)) {
    if (worth === 0 || used.has(`i${i}`) || used.has(`j${j}`)) continue;
    used.add(`i${i}`).add(`j${j}`);
    pairs.push([i, j]);
  }
  return pairs;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}
