import { type CallsByCapture, callsByCapture } from './calls-by-capture.ts';
import {
  type CaptureProblem,
  type Fill,
  type FillChain,
  fillsIn,
  SOLVING,
  solutionsFor,
  stillHolds,
} from './capture-problem.ts';
import type { Count } from './count.ts';
import { depthFirst, spend, type Work } from './depth-first.ts';
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
  /** Call that was taken to come here, −1 for none. */
  took: number;
  env: Env;
  fills: FillChain | null;
  deferred: readonly Fill[];
}

interface Search {
  readonly problem: Orderless;
  /** Patterns in the order in which they are tried. */
  readonly order: readonly number[];
  readonly callsFor: CallsByCapture;
  /** Calls that are taken, as 1. */
  readonly used: Uint8Array;
  readonly work: Work;
}

/** Finds an assignment of calls to patterns whose captures agree, in any order; null where there is none. Throws `OutOfBudget` when the search takes too long. */
export function fillOrderless(problem: Orderless): readonly Fill[] | null {
  const order = problem.patterns
    .map((_, pattern) => pattern)
    .sort((a, b) => lateness(problem, a) - lateness(problem, b));
  const used = new Uint8Array(problem.calls.length);
  const search = { problem, order, used, callsFor: callsByCapture(problem), work: { done: 0 } };
  const mark = (state: State, as: number) => {
    if (state.took !== -1) used[state.took] = as;
  };
  const found = depthFirst<State>(
    {
      isFinished: (state) => state.at === order.length && isSettled(problem, state),
      keyOf: () => null,
      moves: (state) => moves(search, state),
      enter: (state) => mark(state, 1),
      leave: (state) => mark(state, 0),
    },
    { at: 0, has: 0, from: 0, took: -1, env: NO_CAPTURES, fills: null, deferred: [] },
  );
  return found && fillsIn(found.fills);
}

/** Patterns that capture without comparing come first. */
function lateness({ patterns, counts }: Orderless, pattern: number): number {
  const one = patterns[pattern];
  const optional = (counts[pattern]?.min ?? 1) === 0 || counts[pattern]?.optional ? 1 : 0;
  return (one?.refs.length ?? 0) * 4 + (one?.binds.length ? 0 : 2) + optional;
}

function isSettled(problem: Orderless, state: State): boolean {
  const met = state.fills?.length ?? 0;
  if (problem.rule.refusesOthers && met < problem.calls.length) return false;
  return state.deferred.every((fill) => stillHolds(problem, fill, state.env));
}

function* moves(search: Search, state: State): Generator<State> {
  const { problem, order } = search;
  const pattern = order[state.at];
  if (pattern === undefined) return;
  const count = problem.counts[pattern] ?? { min: 1, max: 1, optional: false };
  const enough = state.has >= (problem.rule.needsAll ? count.min : 0);
  if (state.has < count.max) yield* fillMoves(search, state, pattern);
  if (enough || (count.optional && state.has === 0)) {
    yield { ...state, at: state.at + 1, has: 0, from: 0, took: -1 };
  }
}

function* fillMoves(search: Search, state: State, pattern: number): Generator<State> {
  const { problem, used, work } = search;
  for (const call of search.callsFor(pattern, state.env, state.from)) {
    spend(work, used[call] === 1 ? 1 : SOLVING);
    if (used[call] === 1) continue;
    for (const { env, deferred } of solutionsFor(problem, pattern, call, state.env, true)) {
      const fill = { pattern, call };
      yield {
        at: state.at,
        has: state.has + 1,
        from: call + 1,
        took: call,
        env,
        fills: { fill, before: state.fills, length: (state.fills?.length ?? 0) + 1 },
        deferred: deferred ? [...state.deferred, fill] : state.deferred,
      };
    }
  }
}
