import { OutOfBudget } from '../../match/budget.ts';
import { cheapestAssignment } from '../../match/cheapest-assignment.ts';
import type { ComparedCall } from './compared-call.ts';
import { multisetOverlap } from './multiset-overlap.ts';

/** How two calls of one tool are compared. */
export interface Comparison {
  /** 0 to 1; calls of different tools are never compared. */
  score(expected: ComparedCall, made: ComparedCall): number;
  /** The same text for calls that score 1; null for what equals nothing. */
  sameness(call: ComparedCall): string | null;
  /** Pairing equal calls first never costs anything, as 1 − score is a metric. */
  readonly equalFirst: boolean;
}

/** Steps of the assignment that are taken at most; a larger one would take many seconds. */
const MOST_STEPS = 2e8;
const MOST_PAIRS = 2e6;

/** The greatest sum of scores when each expected call is paired with at most one call made, of the same tool. */
export function bestPairing(
  expected: readonly ComparedCall[],
  made: readonly ComparedCall[],
  comparison: Comparison,
): number {
  const madeOf = byTool(made);
  let total = 0;
  for (const [tool, wanted] of byTool(expected)) {
    total += bestOfTool(wanted, madeOf.get(tool) ?? [], comparison);
  }
  return total;
}

function byTool(calls: readonly ComparedCall[]): Map<string, ComparedCall[]> {
  const groups = new Map<string, ComparedCall[]>();
  for (const call of calls) {
    const group = groups.get(call.tool);
    if (group) group.push(call);
    else groups.set(call.tool, [call]);
  }
  return groups;
}

function bestOfTool(
  wanted: readonly ComparedCall[],
  found: readonly ComparedCall[],
  comparison: Comparison,
): number {
  const equal = multisetOverlap(wanted.map(comparison.sameness), found.map(comparison.sameness));
  const most = Math.min(wanted.length, found.length);
  if (equal.both === most) return most;
  if (!comparison.equalFirst) return assign(wanted, found, comparison);
  const left = equal.leftOnly.map((index) => wanted[index] as ComparedCall); // an index of it
  const right = equal.rightOnly.map((index) => found[index] as ComparedCall); // an index of it
  return equal.both + assign(left, right, comparison);
}

function assign(
  wanted: readonly ComparedCall[],
  found: readonly ComparedCall[],
  { score }: Comparison,
): number {
  const turned = wanted.length > found.length;
  const [rows, columns] = turned ? [found, wanted] : [wanted, found];
  const pairs = rows.length * columns.length;
  if (pairs > MOST_PAIRS || rows.length * pairs > MOST_STEPS) {
    throw new OutOfBudget('pairings of calls');
  }
  const scores = new Float64Array(pairs);
  rows.forEach((row, r) => {
    columns.forEach((column, c) => {
      scores[r * columns.length + c] = turned ? score(column, row) : score(row, column);
    });
  });
  const scoreAt = (row: number, column: number) => scores[row * columns.length + column] as number; // in range
  const chosen = cheapestAssignment(rows.length, columns.length, (r, c) => 1 - scoreAt(r, c));
  return chosen.reduce((sum, column, row) => sum + scoreAt(row, column), 0);
}
