import { type Assignment, emptyAssignment, growLeft } from './bipartite.ts';
import { type BitTable, bitTable, setBit } from './bit-table.ts';
import { fitsUnit, type OrderedProblem } from './ordered-problem.ts';
import type { Unit } from './unit.ts';

/** Calls of one block and the units that some of them may fill. */
export interface BlockTable {
  readonly units: readonly Unit[];
  /** Numbers of those units, rows of `edges`. */
  readonly numbers: readonly number[];
  /** Numbers of the calls, columns of `edges`. */
  readonly calls: readonly number[];
  readonly edges: BitTable;
  /** Figures of all the units from each row on. */
  readonly most: readonly Figures[];
}

/** How many calls units can take at most, and how many of those that are required can be filled: both at once. */
export interface Figures {
  readonly matched: number;
  readonly required: number;
}

/** Looks which units the calls of a block may fill. */
export function blockTable(problem: OrderedProblem, calls: readonly number[]): BlockTable {
  const { units } = problem;
  const numbers = units.flatMap((_, unit) =>
    calls.some((call) => fitsUnit(problem, unit, call)) ? [unit] : [],
  );
  const edges = bitTable(numbers.length, calls.length);
  numbers.forEach((unit, row) => {
    calls.forEach((call, column) => {
      if (fitsUnit(problem, unit, call)) setBit(edges, row, column);
    });
  });
  const table = { units, numbers, calls, edges, most: [] };
  const most: Figures[] = [];
  const grower = growerOf(table);
  for (let row = numbers.length - 1; row >= 0; row--) most[row] = grower(row);
  return { ...table, most };
}

/** Adds one row after the other, and tells the figures of all that were added. */
export function growerOf(table: BlockTable): (row: number) => Figures {
  const all = emptyAssignment(table.edges);
  const isPlain = table.numbers.every((number) => table.units[number]?.required);
  const needed = isPlain ? all : emptyAssignment(table.edges);
  let matched = 0;
  let required = 0;
  return (row) => {
    matched += growRow(table, all, row);
    if (isPlain) required = matched;
    else if (unitOf(table, row)?.required) required += growRow(table, needed, row);
    return { matched, required };
  };
}

/** The unit of each call where the rows from `first` to `last` are filled as well as can be, what is required first. */
export function filledWindow(
  table: BlockTable,
  first: number,
  last: number,
): { call: number; unit: number }[] {
  const given = emptyAssignment(table.edges);
  for (const required of [true, false]) {
    for (let row = first; row <= last; row++) {
      if (unitOf(table, row)?.required === required) growRow(table, given, row);
    }
  }
  return table.calls.flatMap((call, column) => {
    const unit = table.numbers[given.leftOf[column] ?? -1];
    return unit === undefined ? [] : [{ call, unit }];
  });
}

function growRow(table: BlockTable, given: Assignment, row: number): number {
  const most = unitOf(table, row)?.loop ? table.calls.length : 1;
  let grown = 0;
  while (grown < most && growLeft(given, row)) grown++;
  return grown;
}

function unitOf({ units, numbers }: BlockTable, row: number): Unit | undefined {
  return units[numbers[row] ?? -1];
}
