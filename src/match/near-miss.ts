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
  const tools = patternsByTool(match, wanted);
  const candidates = free.filter((call) => isOfSome(tools, calls[call]));
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
  const costs = tabled(wanted.length, columns, cost);
  const columnOf = cheapestAssignment(wanted.length, columns, costs);
  const near: NearMiss[] = [];
  const missing: number[] = [];
  wanted.forEach((pattern, row) => {
    const column = columnOf[row] ?? -1;
    const call = candidates[column];
    if (call !== undefined && costs(row, column) < FAR * 1e6) near.push({ pattern, call });
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

/** One pattern for each tool that the missing ones name. */
function patternsByTool({ units }: CallMatch, wanted: readonly number[]): CallPattern[] {
  const byTool = new Map<string, CallPattern>();
  for (const number of wanted) {
    const pattern = units.patterns[number];
    if (pattern) byTool.set(pattern.tool, pattern);
  }
  return [...byTool.values()];
}

function isOfSome(patterns: readonly CallPattern[], call: Call | undefined): boolean {
  return call !== undefined && patterns.some((pattern) => pattern.isOfTool(call));
}

/** Calls that fill nothing. */
function freeCalls({ matching, fills }: CallMatch): number[] {
  const filled = new Set(fills.map((fill) => fill.call));
  return matching.calls.flatMap((_, call) => (filled.has(call) ? [] : [call]));
}

const MOST_MISSING = 250;

/** The patterns that are missing, one entry for each call that is wanted; cut where they are very many. */
function missingPatterns({ missing, fills, matching }: CallMatch): number[] {
  const filled = new Set(fills.map((fill) => fill.pattern));
  const wanted: number[] = [];
  let first = 0;
  matching.elements.forEach(({ kind, patterns }, index) => {
    const left = Math.min(missing[index] ?? 0, MOST_MISSING - wanted.length);
    for (let at = 0, met = 0; met < left && at < patterns.length; ) {
      const pattern = first + (kind === 'any_order' ? at++ : 0);
      if (kind === 'any_order' && filled.has(pattern)) continue;
      wanted.push(pattern);
      met++;
    }
    first += patterns.length;
  });
  return wanted;
}
