import type { RowResult, RunSummary } from '../model/run.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { ReportedRun } from './reporter.ts';

/** A planned row with the trials of it that left a record; those not read when the next row is asked for are passed over. */
export interface RowTrials {
  readonly row: RowResult;
  /** Where the row stands among those of the plan. */
  readonly index: number;
  readonly trials: AsyncIterable<TrialResult>;
}

/** The rows of a run in plan order, each with its trials; reads the trials once and holds one. */
export async function* eachRow(run: ReportedRun, summary: RunSummary): AsyncIterable<RowTrials> {
  const rowOf = rowsOfTrials(run);
  const source = run.trials()[Symbol.asyncIterator]();
  let next = await source.next();
  try {
    for (const [index, row] of summary.rows.entries()) {
      while (!next.done && (rowOf.get(next.value.id) ?? -1) < index) next = await source.next();
      const trials = (async function* () {
        while (!next.done && rowOf.get(next.value.id) === index) {
          const result = next.value;
          next = await source.next();
          yield result;
        }
      })();
      yield { row, index, trials };
    }
  } finally {
    await source.return?.();
  }
}

/** The index of the row that each trial belongs to, by the trial's id. */
export function rowsOfTrials({ plan }: ReportedRun): ReadonlyMap<string, number> {
  const rowOf = new Map<string, number>();
  for (const [index, { trial_ids }] of plan.rows.entries()) {
    for (const id of trial_ids) rowOf.set(id, index);
  }
  return rowOf;
}
