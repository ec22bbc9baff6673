import { type CaptureProblem, type Fill, solutionsFor, stillHolds } from './capture-problem.ts';
import { type Env, NO_CAPTURES } from './scope.ts';

/** Keeps, one after the other, the fills whose captures agree: the best that is shown of a pattern with captures that fails. Where refs may be bound later (`late`), those that capture go first. */
export function bindFills(
  problem: CaptureProblem,
  fills: readonly Fill[],
  late: (pattern: number) => boolean,
): { fills: readonly Fill[]; env: Env } {
  const anyOrder = fills.every(({ pattern }) => late(pattern));
  const order = anyOrder
    ? [...fills].sort((a, b) => refsOf(problem, a) - refsOf(problem, b))
    : fills;
  let env = NO_CAPTURES;
  const kept: Fill[] = [];
  for (const fill of order) {
    const [first] = solutionsFor(problem, fill.pattern, fill.call, env, late(fill.pattern));
    if (!first) continue;
    env = first.env;
    kept.push(fill);
  }
  const agreed = kept.filter((fill) => stillHolds(problem, fill, env));
  return { fills: agreed.sort((a, b) => a.call - b.call), env };
}

function refsOf(problem: CaptureProblem, fill: Fill): number {
  return problem.patterns[fill.pattern]?.refs.length ?? 0;
}
