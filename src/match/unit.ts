import type { Element } from './element.ts';
import type { CallPattern } from './pattern.ts';

/** A place in an ordered pattern that one call can fill. */
export interface Unit {
  /** Numbers of the patterns of which one must match, in `Units.patterns`. */
  readonly patterns: readonly number[];
  /** A call must fill it. */
  readonly required: boolean;
  /** Any number of calls may fill it. */
  readonly loop: boolean;
  /** First unit after the run that may be left out as a whole, −1 where it may not. */
  readonly jump: number;
  /** Units of one orderless group share its number; −1 outside groups. */
  readonly group: number;
}

/** A mode's list as patterns and the places that they fill. */
export interface Units {
  readonly patterns: readonly CallPattern[];
  /** Index of the element that each pattern belongs to. */
  readonly elementOf: readonly number[];
  readonly units: readonly Unit[];
}

/** Expands elements into units; counts are cut to what that many calls can tell apart. */
export function unitsOf(elements: readonly Element[], calls: number): Units {
  const patterns: CallPattern[] = [];
  const elementOf: number[] = [];
  const units: Unit[] = [];
  elements.forEach((element, index) => {
    const numbers = element.patterns.map((pattern) => {
      elementOf.push(index);
      return patterns.push(pattern) - 1;
    });
    if (element.kind === 'call') units.push(...counted(element, numbers, units.length, calls));
    else if (element.kind === 'one_of') units.push({ ...PLAIN, patterns: numbers });
    else for (const number of numbers) units.push({ ...PLAIN, patterns: [number], group: index });
  });
  return { patterns, elementOf, units };
}

const PLAIN = { required: true, loop: false, jump: -1, group: -1 };

function counted(
  { count }: Element,
  patterns: readonly number[],
  start: number,
  calls: number,
): Unit[] {
  const required = Math.min(count.min, calls + 1);
  const spare = count.max === Number.POSITIVE_INFINITY ? 1 : Math.min(count.max - count.min, calls);
  const loop = count.max === Number.POSITIVE_INFINITY;
  const end = start + required + spare;
  const units: Unit[] = [];
  for (let at = 0; at < required; at++) {
    const jump = at === 0 && count.optional ? end : -1;
    units.push({ patterns, required: true, loop: false, jump, group: -1 });
  }
  for (let at = 0; at < spare; at++)
    units.push({ patterns, required: false, loop, jump: -1, group: -1 });
  return units;
}
