import type { Fill } from './capture-problem.ts';
import { cheapestAssignment } from './cheapest-assignment.ts';
import type { CallMatch } from './matching.ts';
import { type Nearest, nearestOf } from './nearness.ts';
import type { CallPattern } from './pattern.ts';
import { MOST_DIFFERENCES } from './worth.ts';

/** What is left of a failed match: patterns that no call met, and calls that met none. */
export interface Leftovers {
  /** Missing patterns beside the calls that came closest to them. */
  readonly near: readonly Fill[];
  /** Patterns that are missing with no call near, the first of each place, with repeats. */
  readonly missing: readonly number[];
}

/** Numbers of the patterns of which one is missing. */
type Place = readonly number[];

const MOST_PAIRS = 62_500;
/** Cost of a difference, beside the places of calls. */
const DIFFERENCE = 1e6;
const APART = (MOST_DIFFERENCES + 1) * DIFFERENCE;

/** Pairs missing patterns with leftover calls of the same tool: fewest differing arguments in sum, then earliest calls. What was paired along with the fills stays. */
export function pairLeftovers(match: CallMatch): Leftovers {
  const wanted = missingPlaces(match);
  const free = freeCalls(match);
  const { calls, view } = match.matching;
  const { patterns } = match.units;
  const tools = patternsByTool(match, wanted);
  const candidates = free.filter((call) => tools.some((one) => isOfTool(one, match, call)));
  if (wanted.length * candidates.length > MOST_PAIRS || candidates.length === 0) {
    return { near: match.near, missing: wanted.map(([first = 0]) => first) };
  }
  const nearest = wanted.map((place) =>
    candidates.map((call): Nearest | null => {
      const made = calls[call];
      return made ? nearestOf(patterns, place, made, view, match.env) : null;
    }),
  );
  const cost = (row: number, column: number): number => {
    const found = nearest[row]?.[column];
    if (column >= candidates.length) return APART;
    if (!found) return 2 * APART;
    return found.differences * DIFFERENCE + Math.min(candidates[column] ?? 0, 9e5);
  };
  const columns = candidates.length + wanted.length;
  const columnOf = cheapestAssignment(wanted.length, columns, tabled(wanted.length, columns, cost));
  const near = [...match.near];
  const missing: number[] = [];
  wanted.forEach(([first = 0], row) => {
    const column = columnOf[row] ?? -1;
    const [call, found] = [candidates[column], nearest[row]?.[column]];
    if (call !== undefined && found) near.push({ pattern: found.pattern, call });
    else missing.push(first);
  });
  return { near, missing };
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
function patternsByTool({ units }: CallMatch, wanted: readonly Place[]): CallPattern[] {
  const byTool = new Map<string, CallPattern>();
  for (const number of wanted.flat()) {
    const pattern = units.patterns[number];
    if (pattern) byTool.set(pattern.tool, pattern);
  }
  return [...byTool.values()];
}

function isOfTool(pattern: CallPattern, { matching }: CallMatch, call: number): boolean {
  const made = matching.calls[call];
  return made !== undefined && pattern.isOfTool(made);
}

/** Calls that fill nothing and were not paired yet. */
function freeCalls({ matching, fills, near }: CallMatch): number[] {
  const taken = new Set([...fills, ...near].map(({ call }) => call));
  return matching.calls.flatMap((_, call) => (taken.has(call) ? [] : [call]));
}

const MOST_MISSING = 250;

/** The places that are missing, one for each call that is wanted; cut where they are very many. */
function missingPlaces({ missing, fills, near, matching, units }: CallMatch): Place[] {
  const met = new Set(fills.map(({ pattern }) => pattern));
  const paired = new Int32Array(matching.elements.length);
  for (const { pattern } of near) {
    met.add(pattern);
    const element = units.elementOf[pattern] as number; // every pattern belongs to one
    paired[element] = (paired[element] as number) + 1;
  }
  const wanted: Place[] = [];
  let first = 0;
  matching.elements.forEach(({ kind, patterns }, index) => {
    const all = (missing[index] ?? 0) - (paired[index] as number); // index < length
    const left = Math.min(all, MOST_MISSING - wanted.length);
    const numbers = patterns.map((_, at) => first + at);
    first += patterns.length;
    if (kind === 'any_order') {
      const open = numbers.filter((number) => !met.has(number)).slice(0, Math.max(0, left));
      wanted.push(...open.map((number) => [number]));
    } else for (let at = 0; at < left; at++) wanted.push(numbers);
  });
  return wanted;
}
