import type { SideFacts } from '../model/diff.ts';
import type { JudgeFigures } from '../model/judge-figures.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { RowTable } from './row-table.ts';

/** Where the record of a trial stands in its file. */
export interface TrialPlace {
  readonly offset: number;
  readonly bytes: number;
}

/** A result with its place. */
export interface PlacedTrial extends TrialPlace {
  readonly result: TrialResult;
}

/** One of the two runs of a comparison; its trials are read when they are asked for, never held as a whole. */
export interface ComparedSide {
  readonly facts: SideFacts;
  readonly rows: RowTable;
  /** Digest of each suite by its name, as far as the run tells. */
  readonly suites: ReadonlyMap<string, string>;
  readonly judges: readonly JudgeFigures[];
  readonly warnings: readonly string[];
  /** The results in the order of their file, some at a time; those of agents that are not looked at too. Throws `store_fault` or `input_fault`. */
  trials(): AsyncIterable<readonly PlacedTrial[]>;
  /** The result at a place. Throws `store_fault` or `input_fault`. */
  trialAt(place: TrialPlace): TrialResult;
  /** The record of a trial; null where none was kept. Null as a whole where this side is no stored run. */
  readonly trajectory: ((result: TrialResult) => Promise<Trajectory | null>) | null;
  /** Lets go of the files; they can be read again. */
  close(): void;
}
