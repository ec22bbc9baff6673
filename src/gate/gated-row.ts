import type { PlanRow } from '../model/plan.ts';
import type { RowResult } from '../model/run.ts';
import type { RowCounts } from './row-status.ts';

/** A row of a run as its gate takes it. */
export interface GatedRow {
  readonly row: PlanRow;
  readonly result: RowResult;
  /** How its trials ended, tolerated violations aside. */
  readonly held: RowCounts;
  readonly spent: RowSpent;
}

/** What the trials of a row took, as far as that is known. */
export interface RowSpent {
  readonly cost_usd: number;
  /** Trials that were run and whose cost is known. */
  readonly priced: number;
  /** Times of decided trials that are known; empty where no gate asks. */
  readonly seconds: readonly number[];
}

/** Whether a row counts for its gate: it is neither skipped nor in quarantine. */
export function countsForGate({ skip, quarantine }: Pick<PlanRow, 'skip' | 'quarantine'>): boolean {
  return skip === undefined && quarantine === undefined;
}
