import { type Assignment, emptyAssignment, growLeft, growRight } from './bipartite.ts';
import { type BitTable, countBits } from './bit-table.ts';
import { OutOfBudget } from './budget.ts';
import type { Element } from './element.ts';

/** An orderless mode: how many calls each element takes. */
export interface OrderlessAnswer {
  /** Element of each call, −1 for none. */
  readonly elementOf: Int32Array;
  readonly matched: number;
  /** Calls that each element still wants. */
  readonly missing: readonly number[];
}

/** What a mode asks of the counts of its elements. */
export interface OrderlessRule {
  /** Elements must be met as often as they say. */
  readonly needsAll: boolean;
  /** Calls that meet no element are refused. */
  readonly refusesOthers: boolean;
}

const MOST_CHOICES = 12;

/** Finds a maximum assignment of calls to elements that leaves as little missing as can be (augmenting paths; what is required is met first, and stays met). `edges`: the calls that may meet each element. */
export function solveOrderless(
  elements: readonly Element[],
  edges: BitTable,
  rule: OrderlessRule,
): OrderlessAnswer {
  const choosable = elements.flatMap(({ count }, index) =>
    count.optional && count.min > 1 && rule.needsAll ? [index] : [],
  );
  if (choosable.length > MOST_CHOICES) throw new OutOfBudget('choices of optional elements');
  let best: OrderlessAnswer | null = null;
  for (let taken = (1 << choosable.length) - 1; taken >= 0; taken--) {
    const left = new Set(choosable.filter((_, bit) => (taken & (1 << bit)) === 0));
    const answer = assign(elements, edges, rule, left);
    if (!best || worth(answer, rule) > worth(best, rule)) best = answer;
  }
  return best ?? assign(elements, edges, rule, new Set());
}

/** Passing answers first, then the most matches, then the least missing. */
function worth(answer: OrderlessAnswer, rule: OrderlessRule): number {
  const missing = answer.missing.reduce((sum, one) => sum + one, 0);
  const others = answer.elementOf.length - answer.matched;
  const passes = missing === 0 && !(rule.refusesOthers && others > 0);
  return (passes ? 1e15 : 0) + answer.matched * 1e6 - missing;
}

function assign(
  elements: readonly Element[],
  edges: BitTable,
  rule: OrderlessRule,
  leftOut: ReadonlySet<number>,
): OrderlessAnswer {
  const given = emptyAssignment(edges);
  const calls = edges.columns;
  const missing: number[] = [];
  const room: number[] = [];
  for (const index of pickiestFirst(edges)) {
    const { count } = elements[index] as Element; // a row for each element
    const skipped = leftOut.has(index) || (count.optional && count.min <= 1);
    const min = skipped || !rule.needsAll ? 0 : Math.min(count.min, calls + 1);
    missing[index] = min - growTo(given, index, min);
    room[index] = leftOut.has(index) ? 0 : count.max;
  }
  // an element that lacks calls cannot get any: all that is left are those that may have more than they must
  const some = room.some((max, index) => missing[index] === 0 && max > (given.taken[index] ?? 0));
  let matched = 0;
  for (let call = 0; call < calls; call++) {
    if (given.leftOf[call] !== -1 || (some && growRight(given, call, room))) matched++;
  }
  return { elementOf: given.leftOf, matched, missing };
}

/** Elements × calls up to which it costs little that earlier choices must be undone. */
const FEW = 10_000;

/** Elements in the order in which they are given calls: where there are many, those with the fewest to choose from come first, since what they take need hardly ever move. */
function pickiestFirst(edges: BitTable): number[] {
  const order = Array.from({ length: edges.rows }, (_, row) => row);
  if (edges.rows * edges.columns <= FEW) return order;
  const degrees = order.map((row) => countBits(edges, row));
  return order.sort((a, b) => (degrees[a] as number) - (degrees[b] as number)); // in range
}

function growTo(given: Assignment, element: number, wanted: number): number {
  for (let met = 0; met < wanted; met++) {
    if (!growLeft(given, element)) return met;
  }
  return wanted;
}
