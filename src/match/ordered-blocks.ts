import { type BlockTable, blockTable, filledWindow, growerOf } from './block-window.ts';
import { OutOfBudget } from './budget.ts';
import { fitsUnit, NO_UNIT, type OrderedAnswer, type OrderedProblem } from './ordered-problem.ts';
import { isTraceable } from './ordered-table.ts';
import { blocksOf } from './parallel-blocks.ts';
import type { Unit } from './unit.ts';

/** Rows that are tried in windows before it is given up. */
const MOST_WORK = 2_000_000;

interface Search {
  readonly problem: OrderedProblem;
  /** Calls of each block, in order. */
  readonly blocks: readonly (readonly number[])[];
  readonly tables: BlockTable[];
  /** Best value from each unit on, for each block that comes next. */
  readonly rows: Float64Array[];
  work: number;
}

/** Whether a problem has neither groups nor runs of units that can be left out as a whole. */
export function hasPlainUnits({ units }: Pick<OrderedProblem, 'units'>): boolean {
  return units.every(
    ({ group, jump }, at) => jump === -1 && (group === -1 || units[at + 1]?.group !== group),
  );
}

/** Solves an ordered problem with plain units by dynamic programming over units × blocks of calls: within a block, as many units in a row as a matching can fill. Null where a block is interrupted by other calls. Throws `OutOfBudget`. */
export function solveBlocks(problem: OrderedProblem): OrderedAnswer | null {
  const { units, calls } = problem;
  const isRelevant = (call: number) => units.some((_, unit) => fitsUnit(problem, unit, call));
  const { blocks, broken } = blocksOf(problem.groupOf, isRelevant);
  if (broken) return null;
  if (!isTraceable(units.length, blocks.length)) throw new OutOfBudget('orders of calls');
  const own = blocks.map((block) => block.calls);
  const search: Search = { problem, blocks: own, tables: [], rows: [], work: 0 };
  search.rows[own.length] = lastRow(units, problem.worth.missing);
  for (let block = own.length - 1; block >= 0; block--) search.rows[block] = rowOf(search, block);
  const best = search.rows[0]?.[0] ?? 0;
  const filledBy = new Int32Array(calls).fill(NO_UNIT);
  let at = { unit: 0, block: 0 };
  while (at.unit < units.length && at.block < own.length) at = step(search, at, filledBy);
  return { best, filledBy, nearTo: null };
}

function lastRow(units: readonly Unit[], missing: number): Float64Array {
  const row = new Float64Array(units.length + 1);
  for (let u = units.length - 1; u >= 0; u--) {
    row[u] = (row[u + 1] as number) - (units[u]?.required ? missing : 0); // u < length
  }
  return row;
}

function rowOf(search: Search, block: number): Float64Array {
  const { units, worth } = search.problem;
  const next = search.rows[block + 1] as Float64Array; // computed before this one
  const calls = search.blocks[block] ?? [];
  const row = new Float64Array(units.length + 1);
  const table = calls.length > 1 ? blockTable(search.problem, calls) : null;
  if (table) search.tables[block] = table;
  let first = table ? table.numbers.length - 1 : -1;
  for (let u = units.length - 1; u >= 0; u--) {
    const price = units[u]?.required ? worth.missing : 0;
    let best = Math.max((row[u + 1] as number) - price, next[u] as number); // u < length
    if (!table) best = Math.max(best, filledValue(search, u, block));
    else if (table.numbers[first] === u) {
      windows(search, block, first--, (value) => {
        best = Math.max(best, value);
        return true;
      });
    }
    row[u] = best;
  }
  return row;
}

/** Value of filling a unit with the only call of a block. */
function filledValue({ problem, blocks, rows }: Search, unit: number, block: number): number {
  const { units, worth } = problem;
  const call = blocks[block]?.[0] ?? -1;
  if (!fitsUnit(problem, unit, call)) return Number.NEGATIVE_INFINITY;
  const after = units[unit]?.loop ? unit : unit + 1;
  return worth.match - worth.step * call + (rows[block + 1]?.[after] ?? 0);
}

/** Tells the value of each window of units, from that of a row on, that the calls of a block fill. */
function windows(
  search: Search,
  block: number,
  first: number,
  tell: (value: number, last: number, after: number) => boolean,
): void {
  const { problem, rows } = search;
  const table = search.tables[block] as BlockTable; // a block of several calls
  const { units, worth } = problem;
  const add = growerOf(table);
  const start = worth.step * (table.calls[0] ?? 0);
  const most = table.most[first];
  let wanted = 0;
  let unit = table.numbers[first] ?? 0;
  for (let row = first; row < table.numbers.length; row++) {
    if (++search.work > MOST_WORK) throw new OutOfBudget('orders of calls');
    const end = table.numbers[row] as number; // row < length
    for (; unit <= end; unit++) if (units[unit]?.required) wanted++;
    const { matched, required } = add(row);
    const after = units[end]?.loop ? end : end + 1;
    const value = matched * (worth.match - start) - (wanted - required) * worth.missing;
    if (!tell(value + (rows[block + 1]?.[after] ?? 0), row, after)) return;
    if (matched === most?.matched && required === most.required) return;
  }
}

/** One step along the best values; what it fills is noted. */
function step(search: Search, at: { unit: number; block: number }, filledBy: Int32Array) {
  const { problem, rows, tables } = search;
  const { unit, block } = at;
  const here = rows[block]?.[unit] ?? 0;
  const table = tables[block];
  if (!table && here === filledValue(search, unit, block)) {
    filledBy[search.blocks[block]?.[0] ?? -1] = unit;
    return { unit: problem.units[unit]?.loop ? unit : unit + 1, block: block + 1 };
  }
  if (here === rows[block + 1]?.[unit]) return { unit, block: block + 1 };
  const price = problem.units[unit]?.required ? problem.worth.missing : 0;
  if (!table || here === (rows[block]?.[unit + 1] ?? 0) - price) return { unit: unit + 1, block };
  let next = { unit: unit + 1, block };
  const first = table.numbers.indexOf(unit);
  windows(search, block, first, (value, last, after) => {
    if (value !== here) return true;
    for (const fill of filledWindow(table, first, last)) filledBy[fill.call] = fill.unit;
    next = { unit: after, block: block + 1 };
    return false;
  });
  return next;
}
