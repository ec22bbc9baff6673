import { rowStatus } from '../model/row-status.ts';
import type { Status } from '../model/status.ts';
import type { TaskSide } from '../model/task-change.ts';
import { meanOf } from '../stats/standard-error.ts';
import type { ReadSide } from './read-side.ts';
import type { SideRow } from './side-row.ts';
import type { TrialFigure } from './trial-columns.ts';

/** What one run says of the row at a place, null where it has none. */
export function taskSide({ side, trials }: ReadSide, at: number | null): TaskSide | null {
  const row = side.rows.at(at ?? -1);
  if (at === null || !row) return null;
  const counts = rowCounts(row, trials.ends(at));
  const { passed, failed, errored, skipped } = counts;
  const mean = (figure: TrialFigure) => meanOrNull(trials.values(at, figure));
  return {
    status: statusOf(row, counts),
    trials: row.trials,
    passed,
    failed,
    errored,
    skipped,
    pass_rate: passed + failed === 0 ? null : passed / (passed + failed),
    score: mean('score'),
    cost_usd: mean('cost_usd'),
    tokens: mean('tokens'),
    steps: mean('steps'),
    seconds: mean('seconds'),
  };
}

/** Status of the row at a place. */
export function statusAt({ side, trials }: ReadSide, at: number): Status {
  const row = side.rows.at(at);
  return row ? statusOf(row, rowCounts(row, trials.ends(at))) : 'error';
}

type RowCounts = Pick<TaskSide, 'passed' | 'failed' | 'errored' | 'skipped'>;

/** Trials without a result were skipped. */
function rowCounts(row: SideRow, { pass, fail, error }: Record<Status, number>): RowCounts {
  return { passed: pass, failed: fail, errored: error, skipped: row.trials - pass - fail - error };
}

function statusOf(row: SideRow, counts: RowCounts): Status {
  if (row.told) return row.told.status;
  if (row.skip !== undefined) return 'skip';
  return row.pass === null ? 'error' : rowStatus(row.pass, counts, row.left_out);
}

function meanOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : meanOf(values);
}
