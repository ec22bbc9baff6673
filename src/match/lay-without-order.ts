import { type BitTable, hasBit } from './bit-table.ts';
import type { Fill } from './capture-problem.ts';
import { cheapestAssignment } from './cheapest-assignment.ts';
import type { Matching } from './matching.ts';
import { modeRules } from './mode-rules.ts';
import { nearestOf } from './nearness.ts';
import type { OrderlessAnswer } from './orderless.ts';
import { NO_CAPTURES } from './scope.ts';
import { type Part, partsOf } from './tool-parts.ts';
import { shownWorth, type Worth } from './worth.ts';

/** A call that an element must have, or may. */
interface Place {
  readonly element: number;
  readonly required: boolean;
}

/** Fills, and missing elements beside the calls that come near to them. */
interface Laid {
  readonly fills: readonly Fill[];
  readonly near: readonly Fill[];
}

/** Places × calls beyond which near misses are paired only once it is settled who fills what. */
const MOST_PAIRS = 10_000;

/** Lays the calls of a failing orderless mode beside its elements as `shownWorth` says: as many matched and missing as in the answer at hand. Parts that are too large stay as they are. */
export function layWithoutOrder(
  matching: Matching,
  possible: BitTable,
  answer: OrderlessAnswer,
): Laid {
  const { elements, calls } = matching;
  const patterns = elements.flatMap((element) => element.patterns);
  const laid = partsOf(patterns, calls).map((part) => layPart(matching, possible, answer, part));
  const fills = laid.flatMap((one) => one.fills);
  return { fills: fills.sort((a, b) => a.call - b.call), near: laid.flatMap((one) => one.near) };
}

function layPart(
  matching: Matching,
  possible: BitTable,
  answer: OrderlessAnswer,
  part: Part,
): Laid {
  const given = part.calls.flatMap((call): Fill[] => {
    const pattern = answer.elementOf[call] as number; // call < length
    return pattern === -1 ? [] : [{ pattern, call }];
  });
  const before = { fills: given, near: [] };
  // Where every call is used, no other can be shown
  if (given.length === part.calls.length) return before;
  const places = placesOf(matching, part, given);
  if (places.length === 0 || places.length * part.calls.length > MOST_PAIRS) return before;
  const cost = costsOf(matching, possible, part, places);
  if (!cost) return before;
  const columnOf = cheapestAssignment(places.length, part.calls.length + places.length, cost);
  const fills: Fill[] = [];
  const near: Fill[] = [];
  places.forEach(({ element: pattern }, row) => {
    const call = part.calls[columnOf[row] ?? -1];
    if (call === undefined) return;
    (hasBit(possible, pattern, call) ? fills : near).push({ pattern, call });
  });
  return { fills, near };
}

/** The places of the elements of a part; what may be left out as a whole, and was, has none. */
function placesOf({ mode, elements }: Matching, part: Part, given: readonly Fill[]): Place[] {
  const met = new Set(given.map(({ pattern }) => pattern));
  return part.patterns.flatMap((element) => {
    const { min, max, optional } = elements[element]?.count ?? { min: 0, max: 0, optional: true };
    const asked = modeRules[mode].needsAll ? min : 0;
    if (optional && asked > 1 && !met.has(element)) return [];
    const required = optional && asked <= 1 ? 0 : Math.min(asked, part.calls.length);
    return Array.from({ length: Math.min(max, part.calls.length) }, (_, at) => ({
      element,
      required: at < required,
    }));
  });
}

/** Cost of each call at each place; columns beyond the calls leave a place empty. Null where numbers are too small to hold it. */
function costsOf(
  matching: Matching,
  possible: BitTable,
  part: Part,
  places: readonly Place[],
): ((row: number, column: number) => number) | null {
  const worth = shownWorth(places.length, matching.calls.length, true);
  if (!worth) return null;
  const columns = part.calls.length + places.length;
  const costs = new Float64Array(places.length * columns);
  places.forEach((place, row) => {
    const start = row * columns;
    const before = places[row - 1];
    if (before?.element === place.element && before.required === place.required) {
      costs.copyWithin(start, start - columns, start);
      return;
    }
    part.calls.forEach((call, column) => {
      costs[start + column] = costOf(matching, possible, worth, place, call);
    });
  });
  return (row, column) => costs[row * columns + column] as number; // in range
}

function costOf(
  { calls, elements, view }: Matching,
  possible: BitTable,
  worth: Worth,
  { element, required }: Place,
  at: number,
): number {
  if (hasBit(possible, element, at)) {
    return at * worth.step - worth.match - (required ? worth.missing : 0);
  }
  const call = calls[at];
  const patterns = elements[element]?.patterns ?? [];
  const nearest = required && call ? nearestOf(patterns, [0], call, view, NO_CAPTURES) : null;
  if (!nearest) return Number.POSITIVE_INFINITY;
  return at * worth.nearStep + nearest.differences * worth.difference - worth.near;
}
