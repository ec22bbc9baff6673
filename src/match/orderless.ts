import {
  type Assignment,
  type Bipartite,
  emptyAssignment,
  growLeft,
  growRight,
  withEdges,
} from './bipartite.ts';
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

/** Finds a maximum assignment of calls to elements that leaves as little missing as can be (augmenting paths; what is required is met first, and stays met). */
export function solveOrderless(
  elements: readonly Element[],
  calls: number,
  ok: (element: number, call: number) => boolean,
  rule: OrderlessRule,
): OrderlessAnswer {
  const graph = withEdges(elements.length, calls, ok);
  const choosable = elements.flatMap(({ count }, index) =>
    count.optional && count.min > 1 && rule.needsAll ? [index] : [],
  );
  if (choosable.length > MOST_CHOICES) throw new OutOfBudget('choices of optional elements');
  let best: OrderlessAnswer | null = null;
  for (let taken = (1 << choosable.length) - 1; taken >= 0; taken--) {
    const left = new Set(choosable.filter((_, bit) => (taken & (1 << bit)) === 0));
    const answer = assign(elements, graph, rule, left);
    if (!best || worth(answer, rule) > worth(best, rule)) best = answer;
  }
  return best ?? assign(elements, graph, rule, new Set());
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
  graph: Bipartite,
  rule: OrderlessRule,
  leftOut: ReadonlySet<number>,
): OrderlessAnswer {
  const bounds = elements.map(({ count }, index) => {
    const skipped = leftOut.has(index) || (count.optional && count.min <= 1);
    const min = skipped || !rule.needsAll ? 0 : Math.min(count.min, graph.rights + 1);
    return { min, max: leftOut.has(index) ? 0 : count.max };
  });
  const given = emptyAssignment(graph);
  const missing = bounds.map(({ min }, element) => min - growTo(graph, given, element, min));
  let matched = 0;
  for (let call = 0; call < graph.rights; call++) {
    const has = given.leftOf[call] !== -1;
    if (has || growRight(graph, given, call, (element) => bounds[element]?.max ?? 0)) matched++;
  }
  return { elementOf: given.leftOf, matched, missing };
}

function growTo(graph: Bipartite, given: Assignment, element: number, wanted: number): number {
  for (let met = 0; met < wanted; met++) {
    if (!growLeft(graph, given, element)) return met;
  }
  return wanted;
}
