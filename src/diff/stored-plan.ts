import type * as z from 'zod';
import { Plan } from '../model/plan.ts';
import { checked } from '../store/read-document.ts';
import { readParts } from '../store/read-parts.ts';
import { runFiles } from '../store/run-files.ts';
import { storeFault } from '../store/store-fault.ts';
import { sizeOf } from '../store/trial-lines.ts';
import { checkedPlanRow } from './checked-row.ts';
import { RowTable } from './row-table.ts';

const Head = Plan.pick({ id: true, started_at: true, labels: true, git: true, suites: true });

/** Reads the plan of a run in pieces. Throws `store_fault` where there is none that this version can read. */
export async function readPlan(
  dir: string,
  file: string,
): Promise<{ head: z.infer<typeof Head>; rows: RowTable }> {
  if ((await sizeOf(file)) === 0) {
    throw storeFault(`"${dir}"`, `it holds no ${runFiles.plan}, expected the folder of a run`);
  }
  const rows = new RowTable();
  const values = await readParts(file, {
    values: Object.keys(Head.shape),
    list: 'rows',
    each: (value, place) => rows.add(checkedPlanRow(value, place), null),
    fault: storeFault,
  });
  return { head: checked(Object.fromEntries(values), Head, `"${file}"`), rows };
}
