import { bitTable, nextBit, setBit } from './bit-table.ts';
import { fitsUnit, NO_UNIT, type OrderedAnswer, type OrderedProblem } from './ordered-problem.ts';
import { isTraceable, solveTable } from './ordered-table.ts';

/** Solves what is left between a beginning and an end where units and calls match one by one, and nothing is better than that; null where there is neither. Units must be filled once each. */
export function solveMiddle(problem: OrderedProblem): OrderedAnswer | null {
  const { units, calls } = problem;
  if (!units.every(({ required, jump, group }) => required && jump === -1 && group === -1))
    return null;
  const start = sameAtStart(problem);
  const end = sameAtEnd(problem, start);
  const size = { units: units.length - start - end, calls: calls - start - end };
  if (start + end === 0 || !isTraceable(size.units, size.calls)) return null;
  const { best, filledBy, nearTo } = solveTable(cutOut(problem, start, size));
  const shift = (middle: Int32Array | null) => {
    if (middle === null) return null;
    const whole = new Int32Array(calls).fill(NO_UNIT);
    for (let call = 0; call < middle.length; call++) {
      const unit = middle[call] as number; // call < length
      if (unit !== NO_UNIT) whole[call + start] = unit + start;
    }
    return whole;
  };
  const filled = shift(filledBy);
  for (let at = 0; filled && at < start; at++) filled[at] = at;
  for (let at = 1; filled && at <= end; at++) filled[calls - at] = units.length - at;
  return {
    best: best + (start + end) * problem.worth.match,
    filledBy: filled,
    nearTo: shift(nearTo),
  };
}

/** Pairs at the start: whatever else the first unit or call could be paired with is no better. */
function sameAtStart(problem: OrderedProblem): number {
  const most = Math.min(problem.units.length, problem.calls);
  let same = 0;
  while (same < most && fitsUnit(problem, same, same)) same++;
  return same;
}

/** Pairs at the end whose unit no earlier call fits: else that one would count as earlier. */
function sameAtEnd(problem: OrderedProblem, start: number): number {
  const { units, calls, fits, rowOf } = problem;
  const most = Math.min(units.length, calls) - start;
  let same = 0;
  while (same < most) {
    const row = rowOf[units.length - 1 - same] as number; // same < length
    if (nextBit(fits, row, start) !== calls - 1 - same) break;
    same++;
  }
  return same;
}

function cutOut(
  problem: OrderedProblem,
  start: number,
  size: { units: number; calls: number },
): OrderedProblem {
  const { distance } = problem;
  const fits = bitTable(size.units, size.calls);
  for (let unit = 0; unit < size.units; unit++) {
    for (let call = 0; call < size.calls; call++) {
      if (fitsUnit(problem, unit + start, call + start)) setBit(fits, unit, call);
    }
  }
  return {
    ...problem,
    units: problem.units.slice(start, start + size.units),
    calls: size.calls,
    fits,
    rowOf: Int32Array.from({ length: size.units }, (_, unit) => unit),
    distance: distance && ((unit, call) => distance(unit + start, call + start)),
  };
}
