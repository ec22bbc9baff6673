import type * as z from 'zod';
import { RunSummary } from '../model/run.ts';
import { checked } from '../store/read-document.ts';
import { readParts } from '../store/read-parts.ts';
import { runFiles } from '../store/run-files.ts';
import { storeFault } from '../store/store-fault.ts';
import { sizeOf } from '../store/trial-lines.ts';
import { checkedRowResult } from './checked-row.ts';
import type { RowTable } from './row-table.ts';

const RunEnding = RunSummary.pick({ status: true, gate: true, judges: true });

/** What a run says of itself as a whole. */
export type RunEnding = z.infer<typeof RunEnding>;

/** Reads what a run came to and tells its rows; null where it did not finish. Throws `store_fault`. */
export async function readEnding(file: string, rows: RowTable): Promise<RunEnding | null> {
  if ((await sizeOf(file)) === 0) return null;
  const tell = teller(rows, `"${file}"`);
  const values = await readParts(file, {
    values: Object.keys(RunEnding.shape),
    list: 'rows',
    each: (value, place) => tell.next(checkedRowResult(value, place)),
    fault: storeFault,
  });
  tell.end();
  return checked(Object.fromEntries(values), RunEnding, `"${file}"`);
}

/** Tells rows what a summary says of them. Throws `store_fault` where it is that of another plan. */
export function tellAll(rows: RowTable, summary: RunSummary, dir: string): RunEnding {
  const tell = teller(rows, `the summary of "${dir}"`);
  for (const row of summary.rows) tell.next(row);
  tell.end();
  return summary;
}

/** Gives rows of a plan what the run says of them, which is in the same order. */
function teller(rows: RowTable, place: string) {
  let at = 0;
  const differ = () => storeFault(place, `its rows are not those of ${runFiles.plan}`);
  return {
    next: (result: ReturnType<typeof checkedRowResult>) => {
      const row = rows.at(at);
      const same =
        row?.task === result.task &&
        row.suite === result.suite &&
        row.agent === result.agent &&
        row.attack === result.attack &&
        row.trials === result.trials;
      if (!row || !same) throw differ();
      rows.tell(at++, result);
    },
    end: () => {
      if (at !== rows.length) throw differ();
    },
  };
}
