import type { PlanRow } from '../model/plan.ts';
import type { RowResult } from '../model/run.ts';

/** What a run itself says that a row came to. */
export type ToldRow = Pick<
  RowResult,
  'status' | 'passed' | 'violated' | 'not_tolerated' | 'unsure'
>;

/** A planned row as a comparison needs it: without the ids of its trials. */
export interface SideRow
  extends Pick<
    PlanRow,
    | 'suite'
    | 'task'
    | 'agent'
    | 'attack'
    | 'skip'
    | 'quarantine'
    | 'trials'
    | 'left_out'
    | 'grown_from'
    | 'at'
  > {
  /** Digest of all that the row asks for, cut to what tells it from another; null in runs that do not tell. */
  readonly digest: string | null;
  readonly pass: PlanRow['pass'] | null;
  /** Null where the run did not finish. */
  readonly told: ToldRow | null;
}
