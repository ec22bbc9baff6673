import { alignBest } from './align-best.ts';
import { pairWithinGroups } from './align-parallel.ts';
import { createColumns, isEqual } from './align-score.ts';
import type { Interner, Side, Unit } from './align-units.ts';
import { windowsOf } from './align-windows.ts';

/** Pairs the units of two sides: for each of base its partner in head, −1 for none. */
export function alignSides(
  base: Side,
  head: Side,
  intern: Interner,
): { partner: Int32Array; exact: boolean } {
  const places = [pairable(base, head), pairable(head, base)] as const;
  const [ofBase, ofHead] = [within(base, places[0]), within(head, places[1])];
  const partner = new Int32Array(ofBase.units.length).fill(-1);
  const { windows, exact } = windowsOf(ofBase.units, ofHead.units, partner);
  const toColumns = createColumns(intern);
  for (const { base: one, head: other } of windows) {
    const found = alignBest(
      toColumns(ofBase.units.slice(...one), ofBase.steps),
      toColumns(ofHead.units.slice(...other), ofHead.steps),
    );
    for (const [at, to] of found.entries()) if (to >= 0) partner[one[0] + at] = other[0] + to;
  }
  settleEarly(ofBase.units, ofHead.units, partner);
  const complete = pairWithinGroups(ofBase, ofHead, partner, toColumns);
  return { partner: placedBack(partner, places, base.units.length), exact: exact && complete };
}

/** Places of the units that could have a partner at all. */
function pairable({ units }: Side, other: Side): number[] {
  const sorts = new Set(other.units.map(({ sort }) => sort));
  return units.flatMap(({ sort }, at) => (sorts.has(sort) ? [at] : []));
}

function within({ units, steps }: Side, places: readonly number[]): Side {
  return { units: places.flatMap((at) => units[at] ?? []), steps };
}

function placedBack(
  partner: Int32Array,
  [ofBase, ofHead]: readonly [readonly number[], readonly number[]],
  length: number,
): Int32Array {
  const all = new Int32Array(length).fill(-1);
  for (const [at, to] of partner.entries()) all[ofBase[at] ?? -1] = ofHead[to] ?? -1;
  return all;
}

/** Moves each pair of equal units to the first equal ones since the pair before it. */
function settleEarly(base: readonly Unit[], head: readonly Unit[], partner: Int32Array): void {
  let [i0, j0] = [0, 0];
  for (let i = 0; i < partner.length; i++) {
    const j = partner[i] as number; // i < length
    const [one, other] = [base[i], head[j]];
    if (!one || !other) continue;
    let [first, early] = [i, j];
    if (isEqual(one, other)) {
      first = firstEqual(base, i0, i, one);
      early = firstEqual(head, j0, j, one);
      partner[i] = -1;
      partner[first] = early;
    }
    [i0, j0] = [first + 1, early + 1];
  }
}

/** Where the first unit of a stretch stands that equals another; `to` where none does. */
function firstEqual(units: readonly Unit[], from: number, to: number, wanted: Unit): number {
  for (let at = from; at < to; at++) {
    const unit = units[at];
    if (unit && isEqual(unit, wanted)) return at;
  }
  return to;
}
