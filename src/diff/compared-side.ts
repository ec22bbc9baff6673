import type { SideFacts } from '../model/diff.ts';
import type { JudgeFigures } from '../model/judge-figures.ts';
import type { PlanRow } from '../model/plan.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';

/** A planned row as a comparison needs it: without the ids of its trials. */
export interface SideRow
  extends Pick<PlanRow, 'suite' | 'task' | 'agent' | 'attack' | 'skip' | 'trials' | 'at'> {
  /** Digest of all that the row asks for; null in runs that do not tell. */
  readonly digest: string | null;
  readonly quarantine: PlanRow['quarantine'];
  readonly pass: PlanRow['pass'] | null;
}

/** One of the two runs of a comparison; its trials are read when they are asked for, never held as a whole. */
export interface ComparedSide {
  readonly facts: SideFacts;
  readonly rows: readonly SideRow[];
  /** Digest of each suite by its name, as far as the run tells. */
  readonly suites: ReadonlyMap<string, string>;
  readonly judges: readonly JudgeFigures[];
  readonly warnings: readonly string[];
  /** The results in any order. Throws `store_fault`. */
  trials(): AsyncIterable<TrialResult>;
  /** The record of a trial; null where none was kept. Null as a whole where this side is no stored run. */
  readonly trajectory: ((result: TrialResult) => Promise<Trajectory | null>) | null;
  close(): void;
}
