import { OutOfBudget } from './budget.ts';
import {
  type CaptureProblem,
  type Fill,
  MOST_FILLS,
  solutionsFor,
  stillHolds,
} from './capture-problem.ts';
import type { Count } from './count.ts';
import type { OrderlessRule } from './orderless.ts';
import { type Env, NO_CAPTURES } from './scope.ts';

interface Orderless extends CaptureProblem {
  /** How often each pattern must and may be met. */
  readonly counts: readonly Count[];
  readonly rule: OrderlessRule;
}

interface State {
  /** Place in the order in which patterns are tried, and calls that the pattern there has. */
  at: number;
  has: number;
  /** Calls of one pattern are taken in order, so that no set is tried twice. */
  from: number;
  used: ReadonlySet<number>;
  env: Env;
  fills: readonly Fill[];
  deferred: readonly Fill[];
}

/** Finds an assignment of calls to patterns whose captures agree, in any order; null where there is none. Throws `OutOfBudget` when the search takes too long. */
export function fillOrderless(problem: Orderless): readonly Fill[] | null {
  const order = problem.patterns
    .map((_, pattern) => pattern)
    .sort((a, b) => lateness(problem, a) - lateness(problem, b));
  let visits = 0;
  const visit = (state: State): readonly Fill[] | null => {
    if (++visits > MOST_FILLS) throw new OutOfBudget('captures');
    const pattern = order[state.at];
    if (pattern === undefined) return finished(problem, state) ? state.fills : null;
    for (const next of moves(problem, state, pattern)) {
      const found = visit(next);
      if (found) return found;
    }
    return null;
  };
  const none = { at: 0, has: 0, from: 0, used: new Set<number>() };
  return visit({ ...none, env: NO_CAPTURES, fills: [], deferred: [] });
}

/** Patterns that capture without comparing come first. */
function lateness({ patterns, counts }: Orderless, pattern: number): number {
  const one = patterns[pattern];
  const optional = (counts[pattern]?.min ?? 1) === 0 || counts[pattern]?.optional ? 1 : 0;
  return (one?.refs.length ?? 0) * 4 + (one?.binds.length ? 0 : 2) + optional;
}

function finished(problem: Orderless, state: State): boolean {
  if (problem.rule.refusesOthers && state.used.size < problem.calls.length) return false;
  return state.deferred.every((fill) => stillHolds(problem, fill, state.env));
}

function* moves(problem: Orderless, state: State, pattern: number): Generator<State> {
  const count = problem.counts[pattern] ?? { min: 1, max: 1, optional: false };
  const enough = state.has >= (problem.rule.needsAll ? count.min : 0);
  if (state.has < count.max) yield* fillMoves(problem, state, pattern);
  if (enough || (count.optional && state.has === 0)) {
    yield { ...state, at: state.at + 1, has: 0, from: 0 };
  }
}

function* fillMoves(problem: Orderless, state: State, pattern: number): Generator<State> {
  for (let call = state.from; call < problem.calls.length; call++) {
    if (state.used.has(call)) continue;
    for (const { env, deferred } of solutionsFor(problem, pattern, call, state.env, true)) {
      const fill = { pattern, call };
      yield {
        at: state.at,
        has: state.has + 1,
        from: call + 1,
        used: new Set(state.used).add(call),
        env,
        fills: [...state.fills, fill],
        deferred: deferred ? [...state.deferred, fill] : state.deferred,
      };
    }
  }
}
