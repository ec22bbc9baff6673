import type { Call } from './calls.ts';
import { cheapestAssignment } from './cheapest-assignment.ts';
import type { CallMatch } from './matching.ts';
import type { CallPattern } from './pattern.ts';
import type { Scope } from './scope.ts';

/** A missing element beside the call that came closest to it. */
export interface NearMiss {
  /** Number of the pattern. */
  readonly pattern: number;
  readonly call: number;
}

/** What is left of a failed match: patterns that no call met, and calls that met none. */
export interface Leftovers {
  readonly near: readonly NearMiss[];
  /** Patterns that are missing with no call near, with repeats. */
  readonly missing: readonly number[];
}

const MOST_PAIRS = 62_500;
const FAR = 21;

/** Pairs missing patterns with leftover calls of the same tool: fewest differing arguments in sum, then earliest calls. */
export function pairLeftovers(match: CallMatch): Leftovers {
  const wanted = missingPatterns(match);
  const free = freeCalls(match);
  const { calls, view } = match.matching;
  const candidates = free.filter((call) => wanted.some((p) => ofTool(match, p, calls[call])));
  if (wanted.length * candidates.length > MOST_PAIRS || candidates.length === 0) {
    return { near: [], missing: wanted };
  }
  const cost = (row: number, column: number): number => {
    const call = candidates[column];
    const made = call === undefined ? undefined : calls[call];
    const pattern = match.units.patterns[wanted[row] ?? -1];
    if (!made || !pattern || call === undefined) return FAR * 1e6;
    return weigh(pattern, made, { ...view.scopeAt(made.step), env: match.env }, call);
  };
  const columns = candidates.length + wanted.length;
  const columnOf = cheapestAssignment(wanted.length, columns, tabled(wanted.length, columns, cost));
  const near: NearMiss[] = [];
  const missing: number[] = [];
  wanted.forEach((pattern, row) => {
    const column = columnOf[row] ?? -1;
    const call = candidates[column];
    if (call !== undefined && cost(row, column) < FAR * 1e6) near.push({ pattern, call });
    else missing.push(pattern);
  });
  return { near, missing };
}

function weigh(pattern: CallPattern, call: Call, scope: Scope, at: number): number {
  if (!pattern.isOfTool(call)) return FAR * 2e6;
  return Math.min(pattern.distance(call, scope), FAR - 1) * 1e6 + Math.min(at, 9e5);
}

function tabled(
  rows: number,
  columns: number,
  cost: (row: number, column: number) => number,
): (row: number, column: number) => number {
  const table = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      table[row * columns + column] = cost(row, column);
  }
  return (row, column) => table[row * columns + column] as number; // in range
}

function ofTool(match: CallMatch, pattern: number, call: Call | undefined): boolean {
  return call !== undefined && match.units.patterns[pattern]?.isOfTool(call) === true;
}

/** Calls that fill nothing. */
function freeCalls({ matching, fills }: CallMatch): number[] {
  const filled = new Set(fills.map((fill) => fill.call));
  return matching.calls.flatMap((_, call) => (filled.has(call) ? [] : [call]));
}

const MOST_MISSING = 250;

/** The patterns that are missing, one entry for each call that is wanted; cut where they are very many. */
function missingPatterns({ units, missing, fills, matching }: CallMatch): number[] {
  const filled = new Set(fills.map((fill) => fill.pattern));
  const wanted: number[] = [];
  matching.elements.forEach((element, index) => {
    const patterns = units.elementOf.flatMap((of, pattern) => (of === index ? [pattern] : []));
    const left = element.kind === 'any_order' ? patterns.filter((p) => !filled.has(p)) : patterns;
    for (let count = 0; count < Math.min(missing[index] ?? 0, MOST_MISSING); count++) {
      const pattern = element.kind === 'any_order' ? left[count] : left[0];
      if (pattern !== undefined) wanted.push(pattern);
    }
  });
  return wanted.slice(0, MOST_MISSING);
}
