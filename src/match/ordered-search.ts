import { OutOfBudget } from './budget.ts';
import { fitsUnit, NO_UNIT, type OrderedAnswer, type OrderedProblem } from './ordered-problem.ts';
import { type Block, blocksOf } from './parallel-blocks.ts';
import type { Unit } from './unit.ts';

const MOST_STATES = 400_000;
const MOST_BLOCKS = 2500;

/** Where a search stands: units before `u` are settled, and of its group those in `done`. */
interface State {
  u: number;
  done: number;
  block: number;
  /** Calls that are taken and could still come, as bits. */
  used: bigint;
}

interface Choice {
  value: number;
  /** Call and unit of the move, −1 where it fills nothing. */
  call: number;
  unit: number;
  next: State | null;
}

interface Search {
  readonly problem: OrderedProblem;
  readonly blocks: readonly Block[];
  /** Bit of each call in `State.used`. */
  readonly bitOf: ReadonlyMap<number, bigint>;
  /** First unit after the group that each unit belongs to. */
  readonly groupEnd: readonly number[];
  /** Units that accept each call, as a text: calls with the same text are interchangeable. */
  readonly signature: ReadonlyMap<number, readonly number[]>;
  readonly memo: Map<string, Choice>;
}

/** Solves an ordered problem with groups or parallel calls by an exact search that remembers its states; throws `OutOfBudget` where they are too many. */
export function solveSearch(problem: OrderedProblem): OrderedAnswer {
  const search = prepare(problem);
  const filledBy = new Int32Array(problem.calls).fill(NO_UNIT);
  const first: State = { u: 0, done: 0, block: 0, used: 0n };
  const best = visit(search, first).value;
  for (let at: State | null = first; at; ) {
    const choice: Choice = visit(search, at);
    if (choice.call !== -1) filledBy[choice.call] = choice.unit;
    at = choice.next;
  }
  return { best, filledBy, nearTo: null };
}

function prepare(problem: OrderedProblem): Search {
  const { units, calls, groupOf } = problem;
  const signature = new Map<number, readonly number[]>();
  for (let call = 0; call < calls; call++) {
    const accepts = units.flatMap((_, unit) => (fitsUnit(problem, unit, call) ? [unit] : []));
    if (accepts.length > 0) signature.set(call, accepts);
  }
  const { blocks, bitOf } = blocksOf(groupOf, (call) => signature.has(call));
  if (blocks.length > MOST_BLOCKS) throw new OutOfBudget('orders of calls');
  return { problem, blocks, bitOf, groupEnd: groupEnds(units), signature, memo: new Map() };
}

function groupEnds(units: readonly Unit[]): number[] {
  const ends: number[] = [];
  for (let u = units.length - 1; u >= 0; u--) {
    const group = units[u]?.group ?? -1;
    ends[u] = group !== -1 && units[u + 1]?.group === group ? (ends[u + 1] ?? u + 1) : u + 1;
  }
  return ends;
}

function visit(search: Search, state: State): Choice {
  const { problem, memo } = search;
  if (state.u >= problem.units.length || state.block >= search.blocks.length) {
    return { value: -pricesFrom(search, state), call: -1, unit: -1, next: null };
  }
  const key = `${state.u},${state.done},${state.block},${state.used}`;
  const known = memo.get(key);
  if (known) return known;
  if (memo.size >= MOST_STATES) throw new OutOfBudget('orders of calls');
  const choice = bestMove(search, state);
  memo.set(key, choice);
  return choice;
}

/** What the units that are left cost when no call is left. */
function pricesFrom({ problem, groupEnd }: Search, state: State): number {
  const { units, worth } = problem;
  let price = 0;
  for (let u = state.u; u < units.length; ) {
    const unit = units[u] as Unit; // u < length
    const settled = u < (groupEnd[state.u] ?? 0) && isDone(state, u);
    if (unit.jump !== -1) u = unit.jump;
    else {
      if (unit.required && !settled) price += worth.missing;
      u++;
    }
  }
  return price;
}

function isDone(state: State, unit: number): boolean {
  return (state.done & (1 << (unit - state.u))) !== 0;
}

function bestMove(search: Search, state: State): Choice {
  const fills = fillMoves(search, state);
  const open = search.blocks[state.block]?.single === false;
  // a call that fits one unit only is never better left over, as long as it takes no other call's place
  const sure = open && fills.find((move) => search.signature.get(move.call)?.length === 1);
  const moves = sure ? [sure] : [...fills, ...restMoves(search, state)];
  let best: Choice | null = null;
  for (const move of moves) {
    const value = move.value + (move.next ? visit(search, move.next).value : 0);
    if (!best || value > best.value) best = { ...move, value };
  }
  return best ?? { value: 0, call: -1, unit: -1, next: null };
}

/** Moves that fill a unit with a call of the block, one for each kind of call. */
function fillMoves(search: Search, state: State): Choice[] {
  const { problem, groupEnd, blocks, bitOf } = search;
  const end = groupEnd[state.u] ?? state.u + 1;
  if (end - state.u > 30) throw new OutOfBudget('orders in a group');
  const moves: Choice[] = [];
  const tried = new Set<string>();
  for (let unit = state.u; unit < end; unit++) {
    if (isDone(state, unit)) continue;
    for (const call of blocks[state.block]?.calls ?? []) {
      const bit = bitOf.get(call) ?? 0n;
      if ((state.used & bit) !== 0n || !fitsUnit(problem, unit, call)) continue;
      const kind = `${unit}:${search.signature.get(call)}`;
      if (tried.has(kind)) continue;
      tried.add(kind);
      const value = problem.worth.match - problem.worth.step * call;
      moves.push({ value, call, unit, next: after(search, state, unit, bit) });
    }
  }
  return moves;
}

function after(search: Search, state: State, unit: number, bit: bigint): State {
  const taken = { ...state, used: state.used | bit };
  const at = search.blocks[state.block]?.single ? nextBlock(search, taken) : taken;
  if (search.problem.units[unit]?.loop) return at;
  const end = search.groupEnd[state.u] ?? state.u + 1;
  const done = state.done | (1 << (unit - state.u));
  const all = (1 << (end - state.u)) - 1;
  return done === all ? { ...at, u: end, done: 0 } : { ...at, done };
}

function nextBlock(search: Search, state: State): State {
  const keep = search.blocks[state.block]?.keep ?? 0n;
  return { ...state, block: state.block + 1, used: state.used & keep };
}

/** Moves that fill nothing: on to the next block, or past the unit or group. */
function restMoves(search: Search, state: State): Choice[] {
  const { problem, groupEnd } = search;
  const unit = problem.units[state.u] as Unit; // visit checked it
  const end = groupEnd[state.u] ?? state.u + 1;
  let price = 0;
  for (let u = state.u; u < end; u++) {
    if (problem.units[u]?.required && !isDone(state, u)) price += problem.worth.missing;
  }
  const nothing = { call: -1, unit: -1 };
  const moves: Choice[] = [
    { ...nothing, value: 0, next: nextBlock(search, state) },
    { ...nothing, value: -price, next: { ...state, u: end, done: 0 } },
  ];
  if (unit.jump !== -1)
    moves.push({ ...nothing, value: 0, next: { ...state, u: unit.jump, done: 0 } });
  return moves;
}
