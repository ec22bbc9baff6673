import type * as z from 'zod';
import { Plan } from '../model/plan.ts';
import { checked } from '../store/read-document.ts';
import { runFiles } from '../store/run-files.ts';
import { storeFault } from '../store/store-fault.ts';
import { sizeOf } from '../store/trial-lines.ts';
import { checkedPlanRow } from './checked-row.ts';
import type { SideRow } from './compared-side.ts';
import { readParts } from './read-parts.ts';
import { rowMaker } from './side-rows.ts';

const Head = Plan.pick({ id: true, started_at: true, labels: true, git: true, suites: true });

/** A row that is still to be told what it came to. */
export type UntoldRow = Omit<SideRow, 'told'> &
  Pick<{ -readonly [Key in keyof SideRow]: SideRow[Key] }, 'told'>;

/** Reads the plan of a run in pieces. Throws `store_fault` where there is none that this version can read. */
export async function readPlan(
  dir: string,
  file: string,
): Promise<{ head: z.infer<typeof Head>; rows: UntoldRow[] }> {
  if ((await sizeOf(file)) === 0) {
    throw storeFault(`"${dir}"`, `it holds no ${runFiles.plan}, expected the folder of a run`);
  }
  const rows: UntoldRow[] = [];
  const make = rowMaker();
  const values = await readParts(file, {
    values: Object.keys(Head.shape),
    list: 'rows',
    each: (value, place) => rows.push(make(checkedPlanRow(value, place), null)),
    fault: storeFault,
  });
  return { head: checked(Object.fromEntries(values), Head, `"${file}"`), rows };
}
