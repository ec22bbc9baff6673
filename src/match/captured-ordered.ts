import { canonicalJson } from '../json/canonical.ts';
import { hasBit } from './bit-table.ts';
import { OutOfBudget } from './budget.ts';
import type { CaptureProblem, Fill } from './capture-problem.ts';
import { MOST_FILLS, solutionsFor, stillHolds } from './capture-problem.ts';
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
  fills: readonly Fill[];
  /** Fills of the group whose refs could not be checked yet. */
  deferred: readonly Fill[];
}

interface Search {
  readonly problem: Ordered;
  readonly blocks: readonly Block[];
  readonly bitOf: ReadonlyMap<number, bigint>;
  readonly dead: Set<string>;
  visits: number;
}

/** Finds a way to fill every required unit in order with captures that agree; null where there is none. Throws `OutOfBudget` when the search takes too long. */
export function fillInOrder(problem: Ordered): readonly Fill[] | null {
  const { blocks, bitOf } = blocksOf(problem.groupOf, (call) =>
    problem.patterns.some((_, pattern) => hasBit(problem.possible, pattern, call)),
  );
  const search: Search = { problem, blocks, bitOf, dead: new Set(), visits: 0 };
  const none = { u: 0, done: new Set<number>(), block: 0, used: 0n };
  return visit(search, { ...none, env: NO_CAPTURES, fills: [], deferred: [] });
}

function visit(search: Search, state: State): readonly Fill[] | null {
  if (++search.visits > MOST_FILLS || state.fills.length > 2000) throw new OutOfBudget('captures');
  if (isComplete(search, state)) return state.fills;
  const key = keyOf(state);
  if (key !== null && search.dead.has(key)) return null;
  for (const next of moves(search, state)) {
    const found = visit(search, next);
    if (found) return found;
  }
  if (key !== null) search.dead.add(key);
  return null;
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
  const block = blocks[state.block];
  if (unit && block) yield* fillMoves(search, state, block);
  const stay = state.done.size > 0;
  if (unit && !stay && !unit.required) yield { ...state, u: state.u + 1 };
  if (unit && !stay && unit.jump !== -1) yield { ...state, u: unit.jump };
  if (block && (!problem.exact || isEmptied(search, state))) yield nextBlock(state, block);
}

function nextBlock(state: State, block: Block): State {
  return { ...state, block: state.block + 1, used: state.used & block.keep };
}

function* fillMoves(search: Search, state: State, block: Block): Generator<State> {
  const { problem, bitOf } = search;
  for (const unit of openUnits(problem.units, state)) {
    for (const call of block.calls) {
      const bit = bitOf.get(call) ?? 0n;
      if ((state.used & bit) !== 0n) continue;
      for (const pattern of problem.units[unit]?.patterns ?? []) {
        const late = problem.units[unit]?.group !== -1;
        for (const { env, deferred } of solutionsFor(problem, pattern, call, state.env, late)) {
          const next = afterFill(search, state, unit, { pattern, call }, env, deferred);
          if (next)
            yield block.single
              ? nextBlock({ ...next, used: next.used | bit }, block)
              : { ...next, used: next.used | bit };
        }
      }
    }
  }
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
  const fills = [...state.fills, fill];
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
