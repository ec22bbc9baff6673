import { matchingSize, withEdges } from './bipartite.ts';
import { OutOfBudget } from './budget.ts';
import {
  asSolutions,
  differencesOf,
  type Matcher,
  namesOf,
  type Solution,
  whole,
} from './matcher.ts';
import { conjoin } from './object-of.ts';
import type { Env, Scope } from './scope.ts';
import { ABSENT, NO, NOT_KNOWN, type Tri, UNKNOWN, YES } from './tri.ts';

/** How a list literal compares. */
export type ListRule = 'ordered' | 'unordered' | 'contained';

/** A list with matchers inside: in order, as a multiset, or each element met by one of its own; `otherType` answers for what is no list. */
export function listOf(items: readonly Matcher[], rule: ListRule, otherType: Tri = NO): Matcher {
  const binds = namesOf(items, 'binds');
  const words = (env: Env) =>
    `[${items.map((item) => item.words(env)).join(', ')}]${ruleWords[rule]}`;
  const test = (value: unknown, scope: Scope): Tri => {
    if (value === ABSENT) return NO;
    if (value === NOT_KNOWN) return UNKNOWN;
    if (!Array.isArray(value)) return otherType;
    return rule === 'ordered' ? inTurn(items, value, scope) : paired(items, value, rule, scope);
  };
  return whole({
    binds,
    refs: namesOf(items, 'refs'),
    test,
    words,
    solve: (value, scope) => {
      if (binds.length === 0 || !Array.isArray(value)) {
        return asSolutions(test(value, scope), scope.env);
      }
      if (test(value, scope) === NO) return [];
      if (rule === 'ordered')
        return conjoin(
          items.map((item, i) => [item, value[i]]),
          scope,
        );
      return pairings(items, value, scope);
    },
    differences: (value, scope, path) =>
      rule === 'ordered' && Array.isArray(value) && value.length === items.length
        ? items.flatMap((item, i) => item.differences(value[i], scope, `${path}[${i}]`))
        : differencesOf(test(value, scope), value, path, words(scope.env)),
  });
}

const ruleWords: Record<ListRule, string> = {
  ordered: '',
  unordered: ' in any order',
  contained: ' among others',
};

function inTurn(items: readonly Matcher[], value: readonly unknown[], scope: Scope): Tri {
  if (items.length !== value.length) return NO;
  let answer: Tri = YES;
  for (let index = 0; index < items.length; index++) {
    const one = (items[index] as Matcher).test(value[index], scope); // index < length
    if (one === NO) return NO;
    if (one < answer) answer = one;
  }
  return answer;
}

function paired(
  items: readonly Matcher[],
  value: readonly unknown[],
  rule: ListRule,
  scope: Scope,
): Tri {
  if (rule === 'unordered' ? items.length !== value.length : items.length > value.length) return NO;
  if (items.length === 0) return YES;
  const answers = items.map((item) => value.map((element) => item.test(element, scope)));
  for (const least of [YES, UNKNOWN] as const) {
    const edges = withEdges(
      items.length,
      value.length,
      (left, right) => (answers[left]?.[right] ?? NO) >= least,
    );
    if (matchingSize(edges) === items.length) return least;
  }
  return NO;
}

/** Every way to give each item an element of its own, depth first. */
function pairings(items: readonly Matcher[], value: readonly unknown[], scope: Scope): Solution[] {
  const found: Solution[] = [];
  const used = new Set<number>();
  const place = (index: number, answer: Solution['answer'], env: Env): void => {
    const item = items[index];
    if (!item) {
      found.push({ answer, env });
      return;
    }
    value.forEach((element, at) => {
      if (used.has(at)) return;
      if (found.length >= MOST_PAIRINGS) throw new OutOfBudget('ways to capture from one list');
      used.add(at);
      for (const next of item.solve(element, { ...scope, env })) {
        place(index + 1, answer === YES ? next.answer : UNKNOWN, next.env);
      }
      used.delete(at);
    });
  };
  place(0, YES, scope.env);
  return found;
}

/** Ways to capture out of one unordered list that are looked at. */
const MOST_PAIRINGS = 2000;
