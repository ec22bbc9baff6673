import { type BitTable, hasBit } from './bit-table.ts';
import type { Call } from './calls.ts';
import type { CallPattern } from './pattern.ts';
import type { Env, Scope } from './scope.ts';
import { holds, type Reading } from './tri.ts';

/** Calls to be matched with patterns whose captures must agree. */
export interface CaptureProblem {
  readonly patterns: readonly CallPattern[];
  readonly calls: readonly Call[];
  readonly reading: Reading;
  /** Calls that each pattern can match, captures left out of account. */
  readonly possible: BitTable;
  /** The scope of a call, without captures. */
  scopeOf(call: Call): Scope;
}

/** A call given to a pattern. */
export interface Fill {
  readonly pattern: number;
  readonly call: number;
}

/** Fills of a search, the last one first: states share what came before. */
export interface FillChain {
  readonly fill: Fill;
  readonly before: FillChain | null;
  readonly length: number;
}

/** The fills of a chain, the first one first. */
export function fillsIn(chain: FillChain | null): Fill[] {
  const fills: Fill[] = [];
  for (let at = chain; at; at = at.before) fills.push(at.fill);
  return fills.reverse();
}

/** Work that it is to match a call with a pattern, where a look at a call is 1. */
export const SOLVING = 10;

/** Ways in which a call matches a pattern under the captures so far; `late`: refs that nothing bound yet may be bound by others. */
export function solutionsFor(
  problem: CaptureProblem,
  pattern: number,
  call: number,
  env: Env,
  late: boolean,
): { env: Env; deferred: boolean }[] {
  const one = problem.patterns[pattern];
  const made = problem.calls[call];
  if (!one || !made || !hasBit(problem.possible, pattern, call)) return [];
  const unbound = (bound: Env) => one.refs.some((name) => !bound.has(name));
  const found: { env: Env; deferred: boolean }[] = [];
  for (const solution of one.solve(made, { ...problem.scopeOf(made), env })) {
    const deferred = late && unbound(solution.env);
    if (deferred || holds(solution.answer, problem.reading))
      found.push({ env: solution.env, deferred });
  }
  return found;
}

/** Whether a fill holds once every capture is made. */
export function stillHolds(problem: CaptureProblem, fill: Fill, env: Env): boolean {
  const made = problem.calls[fill.call];
  const answer =
    made && problem.patterns[fill.pattern]?.testBound(made, { ...problem.scopeOf(made), env });
  return answer !== undefined && holds(answer, problem.reading);
}
