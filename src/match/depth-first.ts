import { OutOfBudget } from './budget.ts';

/** A search that tries one way after the other and remembers where none led on. */
export interface DepthFirst<State> {
  isFinished(state: State): boolean;
  /** Text that is the same for states from which the same can be reached; null where that is not known. */
  keyOf(state: State): string | null;
  /** Ways on, the most promising first. */
  moves(state: State): Iterator<State>;
  /** Told when a state is tried, and when it is given up. */
  enter?(state: State): void;
  leave?(state: State): void;
}

/** States that are tried, and steps of work that are done, before a search is given up. */
const MOST_VISITS = 200_000;
const MOST_WORK = 20_000_000;

/** Counts what a search does. */
export interface Work {
  done: number;
}

/** Counts work; throws `OutOfBudget` where it becomes too much. */
export function spend(work: Work, steps: number): void {
  work.done += steps;
  if (work.done > MOST_WORK) throw new OutOfBudget('captures');
}

/** Finds a state that is finished, null where there is none; keeps its own stack, since trajectories are longer than that of the machine. Throws `OutOfBudget`. */
export function depthFirst<State>(search: DepthFirst<State>, first: State): State | null {
  const dead = new Set<string>();
  const path: { state: State; key: string | null; moves: Iterator<State> }[] = [];
  let visits = 0;
  let next: State | null = first;
  while (true) {
    if (next !== null) {
      if (++visits > MOST_VISITS) throw new OutOfBudget('captures');
      if (search.isFinished(next)) return next;
      const key = search.keyOf(next);
      if (key === null || !dead.has(key)) {
        search.enter?.(next);
        path.push({ state: next, key, moves: search.moves(next) });
      }
    }
    const last = path.at(-1);
    if (!last) return null;
    const { done, value } = last.moves.next();
    next = done === true ? null : value;
    if (next !== null) continue;
    if (last.key !== null) dead.add(last.key);
    search.leave?.(last.state);
    path.pop();
  }
}
