import type { HeldDiff } from '../diff/held-diff.ts';
import type { Plan } from '../model/plan.ts';
import type { RunSummary } from '../model/run.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { HistoryPoint } from '../store/run-history.ts';

/** What a reporter reads of a run: the same from a fresh run as from a stored one, since both lie on disk. */
export interface ReportedRun {
  /** Id of the run. */
  readonly id: string;
  /** Folder of the run. */
  readonly dir: string;
  readonly plan: Plan;
  /** Null where the run did not finish. */
  readonly summary: RunSummary | null;
  /** Known of a run that has just ended: every verdict of every trial passed, and none is a metric. */
  readonly uneventful?: boolean;
  /** The comparison with the baseline that the run was held against; absent without one. */
  readonly comparison?: HeldDiff;
  /** Earlier runs of the same suites, oldest first, this one the last; absent where nobody looked. */
  readonly history?: readonly HistoryPoint[];
  /** Where the project lies in its repository, with slashes; absent where they are one, or nobody knows. */
  readonly folder?: string;
  /** Found while reading the folder, such as a torn last line. */
  readonly warnings: readonly string[];
  /** The trials that are on disk, in plan order. */
  trials(): AsyncIterable<TrialResult>;
  /** The record of a trial, null where none was kept. */
  trajectory(result: TrialResult): Promise<Trajectory | null>;
}

/** What text looks like where it is going. */
export interface Look {
  /** Colours may be used. */
  readonly colour: boolean;
  /** Columns of the terminal; null where there is none and lines may be of any length. */
  readonly width: number | null;
  /** Only ASCII can be shown. */
  readonly ascii: boolean;
}

/** A report, yielded in pieces of bounded size. */
export type Report = (run: ReportedRun, look: Look) => AsyncIterable<string>;

/** What is added to the file that a variable of the environment names, as CI systems have them. */
export interface Append {
  readonly variable: string;
  readonly report: Report;
}

/** Turns a run into text in one format, piece by piece. */
export interface Reporter {
  /** Its name in `--reporter NAME`. */
  readonly key: string;
  /** One line for people. */
  readonly words: string;
  readonly report: Report;
  /** It shows the history of a run, which is then looked up for it. */
  readonly wantsHistory?: true;
  /** What goes elsewhere besides, where the environment names a place for it. */
  readonly appends?: readonly Append[];
}
