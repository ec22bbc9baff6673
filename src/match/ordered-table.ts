import { NO_UNIT, type OrderedAnswer, type OrderedProblem } from './ordered-problem.ts';
import type { Unit } from './unit.ts';

/** Cells beyond which only the figures are computed, not who fills which unit. */
const MOST_CELLS = 4_000_000;

/** Solves an ordered problem without groups or parallel calls by dynamic programming over units × calls. */
export function solveTable(problem: OrderedProblem): OrderedAnswer {
  const { units, calls } = problem;
  const width = calls + 1;
  const keep = (units.length + 1) * width <= MOST_CELLS;
  const rows: Float64Array[] = [];
  rows[units.length] = new Float64Array(width);
  for (let u = units.length - 1; u >= 0; u--) {
    rows[u] = rowOf(problem, u, rows);
    if (!keep && !units.some((unit) => unit.jump > u)) delete rows[u + 2];
  }
  const best = rows[0]?.[0] ?? 0;
  return { best, filledBy: keep ? trace(problem, rows) : null };
}

/** Best value from each call on, when the first unit left is `u`; rows above are known. */
function rowOf(problem: OrderedProblem, u: number, rows: readonly Float64Array[]): Float64Array {
  const { units, calls, ok, perMatch, perMissing } = problem;
  const unit = units[u] as Unit; // u < length
  const next = rows[u + 1] as Float64Array; // computed before this one
  const jump = unit.jump === -1 ? null : (rows[unit.jump] ?? null);
  const row = new Float64Array(calls + 1);
  for (let j = calls; j >= 0; j--) {
    let best = (next[j] ?? 0) - (unit.required ? perMissing : 0);
    if (jump) best = Math.max(best, jump[j] ?? 0);
    if (j < calls) {
      best = Math.max(best, row[j + 1] ?? 0);
      if (ok(u, j)) best = Math.max(best, perMatch + ((unit.loop ? row : next)[j + 1] ?? 0));
    }
    row[j] = best;
  }
  return row;
}

/** Walks the table from the start, filling units with the earliest calls that keep the best value. */
function trace(problem: OrderedProblem, rows: readonly Float64Array[]): Int32Array {
  const { units, calls, ok, perMatch, perMissing } = problem;
  const filledBy = new Int32Array(calls).fill(NO_UNIT);
  let u = 0;
  let j = 0;
  while (u < units.length) {
    const unit = units[u] as Unit; // u < length
    const here = rows[u]?.[j] ?? 0;
    const after = unit.loop ? u : u + 1;
    if (j < calls && ok(u, j) && here === perMatch + (rows[after]?.[j + 1] ?? 0)) {
      filledBy[j] = u;
      u = after;
      j++;
    } else if (j < calls && here === (rows[u]?.[j + 1] ?? 0)) j++;
    else if (unit.jump !== -1 && here === (rows[unit.jump]?.[j] ?? 0)) u = unit.jump;
    else if (here === (rows[u + 1]?.[j] ?? 0) - (unit.required ? perMissing : 0)) u++;
    else u++;
  }
  return filledBy;
}
