import { canonicalJson } from '../json/canonical.ts';
import { hasBit } from './bit-table.ts';
import { type CallsByCapture, callsByCapture } from './calls-by-capture.ts';
import {
  type CaptureProblem,
  type Fill,
  type FillChain,
  fillsIn,
  SOLVING,
  solutionsFor,
  stillHolds,
} from './capture-problem.ts';
import { depthFirst, spend, type Work } from './depth-first.ts';
import { type Block, blocksOf } from './parallel-blocks.ts';
import { type Env, NO_CAPTURES } from './scope.ts';
import type { Unit } from './unit.ts';

interface Ordered extends CaptureProblem {
  readonly units: readonly Unit[];
  readonly groupOf: readonly (string | undefined)[];
  /** Every call must fill a unit. */
  readonly exact: boolean;
}

interface State {
  u: number;
  /** Units of the group at `u` that are filled. */
  done: ReadonlySet<number>;
  block: number;
  used: bigint;
  env: Env;
  fills: FillChain | null;
  /** Fills of the group whose refs could not be checked yet. */
  deferred: readonly Fill[];
}

interface Search {
  readonly problem: Ordered;
  readonly blocks: readonly Block[];
  readonly bitOf: ReadonlyMap<number, bigint>;
  /** Block of each call, −1 for none; null where calls can stand in several. */
  readonly blockOf: Int32Array | null;
  readonly callsFor: CallsByCapture;
  readonly work: Work;
}

/** Finds a way to fill every required unit in order with captures that agree; null where there is none. Throws `OutOfBudget` when the search takes too long. */
export function fillInOrder(problem: Ordered): readonly Fill[] | null {
  const { blocks, bitOf, broken } = blocksOf(problem.groupOf, (call) =>
    problem.patterns.some((_, pattern) => hasBit(problem.possible, pattern, call)),
  );
  const blockOf = broken ? null : new Int32Array(problem.calls.length).fill(-1);
  if (blockOf)
    for (const [at, { calls }] of blocks.entries()) for (const call of calls) blockOf[call] = at;
  const callsFor = callsByCapture(problem);
  const search: Search = { problem, blocks, bitOf, blockOf, callsFor, work: { done: 0 } };
  const found = depthFirst<State>(
    {
      isFinished: (state) => isComplete(search, state),
      keyOf,
      moves: (state) => moves(search, state),
    },
    { u: 0, done: new Set(), block: 0, used: 0n, env: NO_CAPTURES, fills: null, deferred: [] },
  );
  return found && fillsIn(found.fills);
}

function keyOf(state: State): string | null {
  if (state.deferred.length > 0) return null;
  const env = canonicalJson([...state.env]);
  return `${state.u}|${[...state.done].sort()}|${state.block}|${state.used}|${env}`;
}

function isComplete(search: Search, state: State): boolean {
  const { units, exact } = search.problem;
  if (exact && state.block < search.blocks.length && !isSpent(search, state)) return false;
  for (let u = state.u; u < units.length; ) {
    const unit = units[u] as Unit; // u < length
    if (unit.required && unit.jump === -1) return false;
    u = unit.jump === -1 ? u + 1 : unit.jump;
  }
  return state.deferred.length === 0;
}

/** Whether the last block is reached and each of its calls is taken. */
function isSpent(search: Search, state: State): boolean {
  return state.block === search.blocks.length - 1 && isEmptied(search, state);
}

function isEmptied(search: Search, state: State): boolean {
  const block = search.blocks[state.block];
  if (!block || block.single) return false;
  return block.calls.every((call) => (state.used & (search.bitOf.get(call) ?? 0n)) !== 0n);
}

function* moves(search: Search, state: State): Generator<State> {
  const { problem, blocks } = search;
  const unit = problem.units[state.u];
  const open = unit ? openUnits(problem.units, state) : [];
  yield* fillsAt(search, state, open);
  if (unit && state.done.size === 0) {
    if (!unit.required) yield { ...state, u: state.u + 1 };
    if (unit.jump !== -1) yield { ...state, u: unit.jump };
  }
  if (!problem.exact) yield* laterFills(search, state, open);
  else if (state.block < blocks.length && isEmptied(search, state)) {
    yield atBlock(search, state, state.block + 1);
  }
}

/** Fills in the blocks that follow: what stands between may be left out. */
function laterFills(search: Search, state: State, open: readonly number[]): Iterable<State> {
  const { problem, blockOf } = search;
  const [unit = -1] = open;
  const [pattern = -1, ...others] = problem.units[unit]?.patterns ?? [];
  if (!blockOf || open.length > 1 || others.length > 0) return fillsAfter(search, state, open);
  return fillsBy(search, state, unit, pattern, blockOf);
}

/** Fills of one unit, by the calls that its only pattern may match. */
function* fillsBy(
  search: Search,
  state: State,
  unit: number,
  pattern: number,
  blockOf: Int32Array,
): Generator<State> {
  const first = search.blocks[state.block + 1]?.calls[0];
  if (first === undefined) return;
  for (const call of search.callsFor(pattern, state.env, first)) {
    const there = atBlock(search, state, blockOf[call] ?? state.block);
    yield* fillsWith(search, there, unit, { pattern, call });
  }
}

function* fillsAfter(search: Search, state: State, open: readonly number[]): Generator<State> {
  for (let block = state.block + 1; block < search.blocks.length; block++) {
    yield* fillsAt(search, atBlock(search, state, block), open);
  }
}

/** Fills of the open units in the block at hand. */
function* fillsAt(search: Search, state: State, open: readonly number[]): Generator<State> {
  const { problem, blocks, work } = search;
  for (const unit of open) {
    for (const call of blocks[state.block]?.calls ?? []) {
      spend(work, 1);
      for (const pattern of problem.units[unit]?.patterns ?? []) {
        if (!hasBit(problem.possible, pattern, call)) continue;
        yield* fillsWith(search, state, unit, { pattern, call });
      }
    }
  }
}

/** Every way to fill a unit of the state with a call of its block. */
function* fillsWith(search: Search, state: State, unit: number, fill: Fill): Generator<State> {
  const { problem, bitOf, blocks } = search;
  const bit = bitOf.get(fill.call) ?? 0n;
  if ((state.used & bit) !== 0n) return;
  spend(search.work, SOLVING);
  const late = problem.units[unit]?.group !== -1;
  for (const { env, deferred } of solutionsFor(problem, fill.pattern, fill.call, state.env, late)) {
    const next = afterFill(search, state, unit, fill, env, deferred);
    if (!next) continue;
    const taken = { ...next, used: next.used | bit };
    yield blocks[state.block]?.single ? atBlock(search, taken, state.block + 1) : taken;
  }
}

/** The same state further on: calls that cannot come again are forgotten. */
function atBlock(search: Search, state: State, block: number): State {
  if (block === state.block) return state;
  return { ...state, block, used: state.used & (search.blocks[block - 1]?.keep ?? 0n) };
}

/** The unit at hand, or those of its group that are not filled. */
function openUnits(units: readonly Unit[], state: State): number[] {
  const group = units[state.u]?.group ?? -1;
  if (group === -1) return [state.u];
  const open: number[] = [];
  for (let u = state.u; units[u]?.group === group; u++) if (!state.done.has(u)) open.push(u);
  return open;
}

function afterFill(
  search: Search,
  state: State,
  unit: number,
  fill: Fill,
  env: Env,
  isDeferred: boolean,
): State | null {
  const { units } = search.problem;
  const { length = 0 } = state.fills ?? {};
  const fills = { fill, before: state.fills, length: length + 1 };
  const deferred = isDeferred ? [...state.deferred, fill] : state.deferred;
  if (units[unit]?.loop) return { ...state, env, fills, deferred };
  const rest = openUnits(units, state).length - 1;
  if (rest > 0) return { ...state, done: new Set(state.done).add(unit), env, fills, deferred };
  if (!deferred.every((one) => stillHolds(search.problem, one, env))) return null;
  let end = state.u;
  const group = units[unit]?.group ?? -1;
  while (group !== -1 && units[end]?.group === group) end++;
  return {
    ...state,
    u: group === -1 ? state.u + 1 : end,
    done: new Set(),
    env,
    fills,
    deferred: [],
  };
}
