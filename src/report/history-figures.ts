import type { TaskHistory, TaskPoint } from '../store/task-history.ts';
import { isFlaky } from './row-story.ts';

/** How steady a task was over its runs. */
export interface HistoryFigures {
  /** Runs in which it passed or failed. */
  readonly decided: number;
  /** Pairs of one decided run and the next, less those between which the task was edited. */
  readonly pairs: number;
  /** Pairs whose status differs. */
  readonly flips: number;
  /** flips / pairs; null without a pair. */
  readonly flip_rate: number | null;
  /** Share of the runs with decided trials in which some passed and some failed; null without such a run. */
  readonly mixed_rate: number | null;
}

/** Counts the flips of a task; one across an edit is none. */
export function historyFigures({ points }: Pick<TaskHistory, 'points'>): HistoryFigures {
  let [decided, pairs, flips, edited] = [0, 0, 0, false];
  let before: string | null = null;
  for (const [at, { row }] of points.entries()) {
    edited ||= isEdited(points, at);
    if (row.status !== 'pass' && row.status !== 'fail') continue;
    decided++;
    if (before !== null && !edited) {
      pairs++;
      if (row.status !== before) flips++;
    }
    before = row.status;
    edited = false;
  }
  const told = points.filter(({ row }) => row.passed + row.failed > 0);
  const mixed = told.filter(({ row }) => isFlaky(row)).length;
  return {
    decided,
    pairs,
    flips,
    flip_rate: pairs === 0 ? null : flips / pairs,
    mixed_rate: told.length === 0 ? null : mixed / told.length,
  };
}

/** Whether what a task asks for differs from the run before, as far as both tell. */
export function isEdited(points: readonly TaskPoint[], at: number): boolean {
  const [before, now] = [points[at - 1]?.row.digest, points[at]?.row.digest];
  return before !== undefined && now !== undefined && before !== now;
}

/** Histories in the order in which they deserve a look: more flips first, then more mixed runs. */
export function flakiestFirst(histories: readonly TaskHistory[]): TaskHistory[] {
  const keys = new Map(histories.map((one) => [one, historyFigures(one)]));
  const flips = (one: TaskHistory) => keys.get(one)?.flip_rate ?? -1;
  const mixed = (one: TaskHistory) => keys.get(one)?.mixed_rate ?? -1;
  return [...histories].sort((a, b) => flips(b) - flips(a) || mixed(b) - mixed(a));
}
