import { blockTable } from './block-window.ts';
import { fitsUnit, type OrderedProblem } from './ordered-problem.ts';

/** Whether an answer fills as many units, and as many required ones, as calls in any order could: then no order is better. Runs of units that can be left out as a whole are not told. */
export function isBestInAnyOrder(problem: OrderedProblem, filledBy: Int32Array): boolean {
  const { units, calls } = problem;
  if (units.some(({ jump }) => jump !== -1)) return false;
  const relevant: number[] = [];
  for (let call = 0; call < calls; call++) {
    if (units.some((_, unit) => fitsUnit(problem, unit, call))) relevant.push(call);
  }
  const { matched, required } = blockTable(problem, relevant).most[0] ?? EMPTY;
  const filled = [...filledBy].filter((unit) => unit !== -1);
  const needed = filled.filter((unit) => units[unit]?.required);
  return filled.length === matched && needed.length === required;
}

const EMPTY = { matched: 0, required: 0 };
