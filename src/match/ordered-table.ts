import { groupRow, windowFills } from './group-window.ts';
import { fitsUnit, NO_UNIT, type OrderedAnswer, type OrderedProblem } from './ordered-problem.ts';
import type { Unit } from './unit.ts';

/** Cells beyond which only the figures are computed, not who fills which unit. */
const MOST_CELLS = 4_000_000;

/** Whether a problem is small enough to say who fills which unit. */
export function isTraceable(units: number, calls: number): boolean {
  return (units + 1) * (calls + 1) <= MOST_CELLS;
}

/** Solves an ordered problem by dynamic programming over units × calls, which come in the order in which they are listed. */
export function solveTable(problem: OrderedProblem): OrderedAnswer {
  const { units, calls } = problem;
  const keep = isTraceable(units.length, calls);
  const rows: Float64Array[] = [];
  rows[units.length] = new Float64Array(calls + 1);
  for (let end = units.length; end > 0; ) {
    const start = groupStart(units, end - 1);
    const next = rows[end] as Float64Array; // computed before this one
    rows[start] =
      end - start > 1
        ? groupRow(problem, start, end, next)
        : rowOf(problem, start, next, rows[units[start]?.jump ?? -1] ?? null);
    if (!keep && !units.some((unit) => unit.jump > start)) delete rows[end + 1];
    end = start;
  }
  const best = rows[0]?.[0] ?? 0;
  return keep ? trace(problem, rows, best) : { best, filledBy: null, nearTo: null };
}

/** First unit of the group that a unit belongs to. */
function groupStart(units: readonly Unit[], unit: number): number {
  const group = units[unit]?.group ?? -1;
  let start = unit;
  while (group !== -1 && units[start - 1]?.group === group) start--;
  return start;
}

/** Best value from each call on, when the first unit left is `u`; `next` and `jump` are the rows of what follows. */
function rowOf(
  problem: OrderedProblem,
  u: number,
  next: Float64Array,
  jump: Float64Array | null,
): Float64Array {
  const { calls, worth, fits, distance } = problem;
  const unit = problem.units[u] as Unit; // u < length
  const row = new Float64Array(calls + 1);
  const after = unit.loop ? row : next;
  const price = unit.required ? worth.missing : 0;
  const start = (problem.rowOf[u] as number) * fits.words; // u < length
  const mayBeNear = distance !== null && unit.required;
  row[calls] = Math.max(
    (next[calls] as number) - price,
    jump ? (jump[calls] as number) : -Infinity,
  );
  for (let j = calls - 1; j >= 0; j--) {
    let best = (next[j] as number) - price; // j is in range of every row
    if (jump && (jump[j] as number) > best) best = jump[j] as number;
    if ((row[j + 1] as number) > best) best = row[j + 1] as number;
    if (((fits.bits[start + (j >>> 5)] as number) & (1 << (j & 31))) !== 0) {
      const filled = worth.match - worth.step * j + (after[j + 1] as number);
      if (filled > best) best = filled;
    } else if (mayBeNear) {
      const beside = nearWorth(problem, u, j) + (next[j + 1] as number);
      if (beside > best) best = beside;
    }
    row[j] = best;
  }
  return row;
}

/** What a required unit is worth beside a call that does not fill it. */
function nearWorth({ worth, distance }: OrderedProblem, unit: number, call: number): number {
  const differing = distance?.(unit, call) ?? -1;
  if (differing < 0) return Number.NEGATIVE_INFINITY;
  return worth.near - worth.missing - differing * worth.difference - call * worth.nearStep;
}

/** Walks the table from the start along the best values. */
function trace(
  problem: OrderedProblem,
  rows: readonly Float64Array[],
  best: number,
): OrderedAnswer {
  const { units, calls, worth, distance } = problem;
  const filledBy = new Int32Array(calls).fill(NO_UNIT);
  const nearTo = distance && new Int32Array(calls).fill(NO_UNIT);
  let [u, j] = [0, 0];
  while (u < units.length) {
    const unit = units[u] as Unit; // u < length
    const here = rows[u]?.[j] ?? 0;
    const value = (row: number, call: number) => rows[row]?.[call] ?? Number.NEGATIVE_INFINITY;
    const after = unit.loop ? u : u + 1;
    if (units[u + 1]?.group === unit.group && unit.group !== -1) {
      [u, j] = windowFills(problem, u, rows, j, filledBy);
    } else if (
      j < calls &&
      fitsUnit(problem, u, j) &&
      here === worth.match - worth.step * j + value(after, j + 1)
    ) {
      filledBy[j++] = u;
      u = after;
    } else if (
      nearTo &&
      j < calls &&
      unit.required &&
      here === nearWorth(problem, u, j) + value(u + 1, j + 1)
    ) {
      nearTo[j++] = u++;
    } else if (j < calls && here === value(u, j + 1)) j++;
    else if (unit.jump !== -1 && here === value(unit.jump, j)) u = unit.jump;
    else u++;
  }
  return { best, filledBy, nearTo };
}
