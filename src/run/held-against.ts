import type { PlanRow } from '../model/plan.ts';
import type { RunSummary } from '../model/run.ts';

/** Where a run stands: 1 after the planned trials, one more after each further round. */
export interface Look {
  readonly look: number;
  /** How many there can be; fixed before the first. */
  readonly looks: number;
}

/** Tells the rows that are to have more trials. */
export type RowChoice = (row: PlanRow) => boolean;

/** The last look at a run, and why no more trials followed though some were asked for. */
export interface LastLook extends Look {
  readonly stopped: string | null;
}

/** Something beside its own gate that a run is held against, such as a baseline. */
export interface HeldAgainst {
  /** Runs more trials as long as it is open, up to so many of a task; absent: the planned ones. */
  readonly until?: { readonly trials: number | null };
  /** Says which rows are to have more trials, null where there are none that could decide anything. Asked after each look but the last. */
  decide(dir: string, summary: RunSummary, at: Look): Promise<RowChoice | null>;
  /** Adds what comes of it to the summary, which is stored then. */
  conclude(dir: string, summary: RunSummary, last: LastLook): Promise<RunSummary>;
}
