import { type BitTable, bitTable, lowestBit, nextBit, setBit, transposed } from './bit-table.ts';
import type { OrderedProblem } from './ordered-problem.ts';

/** Which members of a group each call may meet, and the other way round. */
interface Tables {
  readonly byCall: BitTable;
  readonly byMember: BitTable;
}

/** Members of a group and the calls that they take, each one at most. */
interface Window {
  readonly byCall: BitTable;
  /** Call of each member, −1 for none. */
  readonly callOf: Int32Array;
  readonly memberOf: Map<number, number>;
  /** Members from which no free one can be reached any more: what failed once always will. */
  dead: Int32Array;
}

/** Best value from each call on, when the units from `start` to `end`, a group in any order, are the next: a window of calls fills as many of them as a matching can. */
export function groupRow(
  problem: OrderedProblem,
  start: number,
  end: number,
  next: Float64Array,
): Float64Array {
  const { calls, worth } = problem;
  const tables = tablesOf(problem, start, end);
  const most = matchesFrom(tables.byCall);
  const row = new Float64Array(calls + 1);
  const none = (end - start) * worth.missing;
  row[calls] = (next[calls] as number) - none;
  for (let j = calls - 1; j >= 0; j--) {
    row[j] = Math.max((next[j] as number) - none, row[j + 1] as number); // j + 1 ≤ calls
    if (nextBit(tables.byCall, j, 0) === -1) continue;
    let value = -none;
    let left = most[j] as number; // j < calls
    grow(tables, j, (call) => {
      value += worth.match + worth.missing - worth.step * call;
      row[j] = Math.max(row[j] as number, value + (next[call + 1] as number));
      return --left > 0;
    });
  }
  return row;
}

/** Fills the units of the group that starts at `start` as the best value from a call on has it; the unit and the call that come after. */
export function windowFills(
  problem: OrderedProblem,
  start: number,
  rows: readonly Float64Array[],
  from: number,
  filledBy: Int32Array,
): [unit: number, call: number] {
  const { units, worth, calls } = problem;
  let end = start;
  while (units[end]?.group === units[start]?.group) end++;
  const here = rows[start]?.[from] ?? 0;
  const value = (row: number, call: number) => rows[row]?.[call] ?? Number.NEGATIVE_INFINITY;
  const none = (end - start) * worth.missing;
  if (from >= calls || here === value(end, from) - none) return [end, from];
  if (here === value(start, from + 1)) return [start, from + 1];
  let got = -none;
  let after = from;
  const window = grow(tablesOf(problem, start, end), from, (call) => {
    got += worth.match + worth.missing - worth.step * call;
    after = call + 1;
    return here !== got + value(end, after);
  });
  for (const [call, member] of window.memberOf) filledBy[call] = start + member;
  return [end, after];
}

function tablesOf({ calls, fits, rowOf }: OrderedProblem, start: number, end: number): Tables {
  const byCall = bitTable(calls, end - start);
  for (let unit = start; unit < end; unit++) {
    const row = rowOf[unit] as number; // unit < length
    for (let call = nextBit(fits, row, 0); call !== -1; call = nextBit(fits, row, call + 1))
      setBit(byCall, call, unit - start);
  }
  return { byCall, byMember: transposed(byCall) };
}

/** How many members can be met at most by the calls from each one on. */
function matchesFrom(table: BitTable): Int32Array {
  const most = new Int32Array(table.rows + 1);
  const window = emptyWindow(table);
  for (let call = table.rows - 1; call >= 0; call--) {
    most[call] = (most[call + 1] as number) + (admit(window, call) ? 1 : 0); // call < rows
  }
  return most;
}

/** Calls in a row that bring nothing before the next that may is looked up. */
const IDLE = 32;

/** Takes calls into a window, one after the other, and tells each one that meets one more member, until it is told to stop. */
function grow(tables: Tables, from: number, more: (call: number) => boolean): Window {
  const window = emptyWindow(tables.byCall);
  let idle = 0;
  for (let call = from; call < tables.byCall.rows; call++) {
    if (admit(window, call)) {
      if (!more(call)) break;
      idle = 0;
    } else if (++idle > IDLE) {
      call = nextAlive(window, tables.byMember, call + 1) - 1;
      idle = 0;
    }
  }
  return window;
}

function nextAlive({ dead }: Window, byMember: BitTable, from: number): number {
  let next = byMember.columns;
  for (let member = 0; member < byMember.rows; member++) {
    if (((dead[member >>> 5] as number) & (1 << (member & 31))) !== 0) continue; // member < rows
    const call = nextBit(byMember, member, from);
    if (call !== -1 && call < next) next = call;
  }
  return next;
}

function emptyWindow(byCall: BitTable): Window {
  const callOf = new Int32Array(byCall.columns).fill(-1);
  return { byCall, callOf, memberOf: new Map(), dead: new Int32Array(byCall.words) };
}

/** Gives a call a member of its own, moving other calls (breadth first); false where every member that it can reach is taken for good. */
function admit(window: Window, start: number): boolean {
  const { byCall, callOf, dead } = window;
  if (!someAlive(byCall, start, dead)) return false;
  const reached = dead.slice();
  const cameFrom = new Int32Array(byCall.columns);
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const call = queue[at] as number; // at < length
    for (let word = 0; word < byCall.words; word++) {
      let fresh = (byCall.bits[call * byCall.words + word] as number) & ~(reached[word] as number); // in range
      reached[word] = (reached[word] as number) | fresh;
      for (; fresh !== 0; fresh &= fresh - 1) {
        const member = word * 32 + lowestBit(fresh);
        cameFrom[member] = call;
        const other = callOf[member] as number; // member < columns
        if (other === -1) {
          handOver(window, member, start, cameFrom);
          return true;
        }
        queue.push(other);
      }
    }
  }
  window.dead = reached;
  return false;
}

function someAlive(byCall: BitTable, call: number, dead: Int32Array): boolean {
  for (let word = 0; word < byCall.words; word++) {
    const all = byCall.bits[call * byCall.words + word] as number; // in range
    if ((all & ~(dead[word] as number)) !== 0) return true;
  }
  return false;
}

/** Moves each call on the path to the member that it reached. */
function handOver(
  { callOf, memberOf }: Window,
  end: number,
  start: number,
  cameFrom: Int32Array,
): void {
  for (let member = end; ; ) {
    const call = cameFrom[member] as number; // every member on the path was reached from one
    const before = memberOf.get(call) ?? -1; // −1 for the call that the path starts from
    callOf[member] = call;
    memberOf.set(call, member);
    if (call === start) return;
    member = before;
  }
}
