import type { DiffSummary } from '../model/diff.ts';
import type { TaskChange } from '../model/task-change.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';

/** One trial of a pair to look at. */
export interface ShownTrial {
  readonly result: TrialResult;
  /** Null where none was kept, or where the side is a report. */
  readonly trajectory: Trajectory | null;
}

/** What two runs differ in; the tasks are made when they are asked for. */
export interface Diff {
  readonly summary: DiffSummary;
  /** Every task of either run, the gravest change first (regressed, missing, undecided, flaky, fixed, new, same), in plan order among equals. */
  tasks(): Iterable<TaskChange>;
  /** The two trials of a task that tell its change best, null where one side has none. Throws `store_fault`. */
  pair(change: TaskChange): Promise<{ base: ShownTrial | null; head: ShownTrial | null }>;
}
