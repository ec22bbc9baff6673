import { isObject } from '../json/object.ts';
import type { Step } from '../model/trajectory.ts';
import { canonicalOrNull } from './align-differences.ts';
import { contentOf, type Interner, type Unit } from './align-units.ts';

/** Arguments that are told apart when near calls are looked for; further ones count as one. */
const MOST_SLOTS = 16;

/** Worth of messages with other words, of calls with other arguments (less one for each that differs), and of each equal step: no number of one outweighs the next in windows of at most `MOST_CELLS`. */
const REWORDED = 1;
const NEAR = 2 ** 14;
const EQUAL = 2 ** 34;

/** Pairs of units that are looked at, at most. */
export const MOST_CELLS = 2 ** 24;

/** Units laid out in columns, one entry a unit, to be compared fast. */
export interface Columns {
  readonly length: number;
  readonly sort: Int32Array;
  readonly asked: Int32Array;
  readonly decided: Int32Array;
  readonly came: Int32Array;
  readonly isWords: Uint8Array;
  /** `MOST_SLOTS` entries a unit: a number for the value of each argument, 0 for none; and how many are in use. */
  readonly slots: Int32Array;
  readonly width: Uint8Array;
}

/** Lays out units of one side in columns. */
export type ToColumns = (units: readonly Unit[], steps: readonly Step[]) => Columns;

/** Makes columns of units of either side; arguments of one name share a slot. */
export function createColumns(intern: Interner): ToColumns {
  const slotOf = slotNames();
  return (units, steps) => {
    const slots = new Int32Array(units.length * MOST_SLOTS);
    const width = new Uint8Array(units.length);
    units.forEach((unit, at) => {
      for (const [key, value] of unit.isWords ? [] : partsOf(steps[unit.step])) {
        const slot = slotOf(unit.sort, key);
        const place = at * MOST_SLOTS + slot;
        const number = intern(canonicalOrNull(value) ?? 'too deep');
        slots[place] = (Math.imul(slots[place] ?? 0, 31) + number) | 0;
        width[at] = Math.max(width[at] ?? 0, slot + 1);
      }
    });
    return {
      length: units.length,
      sort: Int32Array.from(units, ({ sort }) => sort),
      asked: Int32Array.from(units, ({ asked }) => asked),
      decided: Int32Array.from(units, ({ decided }) => decided),
      came: Int32Array.from(units, ({ came }) => came),
      isWords: Uint8Array.from(units, ({ isWords }) => Number(isWords)),
      slots,
      width,
    };
  };
}

/** What a pair of units is worth; 0 where they cannot stand beside each other. */
export function worthOf(base: Columns, i: number, head: Columns, j: number): number {
  if (base.sort[i] !== head.sort[j]) return 0;
  if (base.asked[i] === head.asked[j]) {
    const decided = base.decided[i] !== 0 && base.decided[i] === head.decided[j] ? 1 : 0;
    const came = base.came[i] !== 0 && base.came[i] === head.came[j] ? 1 : 0;
    return EQUAL * (1 + decided + came);
  }
  if (base.isWords[i] === 1) return REWORDED;
  const width = Math.max(base.width[i] as number, head.width[j] as number); // both in range
  let differing = 0;
  for (let slot = 0; slot < width; slot++) {
    if (base.slots[i * MOST_SLOTS + slot] !== head.slots[j * MOST_SLOTS + slot]) differing++;
  }
  return NEAR * (2 * MOST_SLOTS - differing);
}

/** Whether two units are equal in all that counts. */
export function isEqual(base: Unit, head: Unit): boolean {
  return (
    base.sort === head.sort &&
    base.asked === head.asked &&
    base.decided === head.decided &&
    base.came === head.came
  );
}

/** The slot of an argument among those of its sort. */
function slotNames(): (sort: number, key: string) => number {
  const bySort = new Map<number, Map<string, number>>();
  return (sort, key) => {
    const names = bySort.get(sort) ?? new Map<string, number>();
    bySort.set(sort, names);
    const slot = names.get(key) ?? Math.min(names.size, MOST_SLOTS - 1);
    names.set(key, slot);
    return slot;
  };
}

/** The arguments of a step, by name where they have names. */
function partsOf(step: Step | undefined): (readonly [string, unknown])[] {
  const content = step === undefined ? undefined : contentOf(step);
  return isObject(content) ? Object.entries(content) : [['', content]];
}
