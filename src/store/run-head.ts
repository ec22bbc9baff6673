import path from 'node:path';
import type * as z from 'zod';
import { Plan } from '../model/plan.ts';
import { RunSummary } from '../model/run.ts';
import { jsonHead } from './json-head.ts';
import { checked, readDocument } from './read-document.ts';
import { runFiles } from './run-files.ts';
import { storeFault } from './store-fault.ts';

/** What stands between the head of a summary and its rows: nothing before them has such a key, and quotes in texts are escaped. */
const SUMMARY_ROWS = ',"rows":[';
/** The same of a plan, whose rows stand on lines of their own. */
const PLAN_ROWS = ',"rows":[\n';

const PlanHead = Plan.omit({ rows: true });
const SummaryHead = RunSummary.omit({ rows: true });

/** What a plan says before its rows. */
export type PlanHead = z.infer<typeof PlanHead>;

/** What the summary of a run says before its rows. */
export type SummaryHead = z.infer<typeof SummaryHead>;

/** Reads the plan of a run without its rows, which may be very many. Throws `store_fault`. */
export async function readPlanHead(dir: string): Promise<PlanHead> {
  const file = path.join(dir, runFiles.plan);
  const head = await jsonHead(file, PLAN_ROWS);
  if (head !== null) return checked(head, PlanHead, `"${file}"`);
  const plan = await readDocument(file, PlanHead);
  if (plan !== null) return plan;
  throw storeFault(`"${dir}"`, `it holds no ${runFiles.plan}, expected the folder of a run`);
}

/** Reads the summary of a run up to its rows; null where the run did not finish. Throws `store_fault`. */
export async function readSummaryHead(dir: string): Promise<SummaryHead | null> {
  const file = path.join(dir, runFiles.summary);
  const head = await jsonHead(file, SUMMARY_ROWS);
  if (head !== null) return checked(head, SummaryHead, `"${file}"`);
  return readDocument(file, SummaryHead);
}
