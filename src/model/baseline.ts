import * as z from 'zod';
import { JsonReport } from './report.ts';

/** Where a baseline comes from. */
export const BaselineFacts = z.looseObject({
  name: z.string(),
  set_at: z.string().describe('ISO time'),
  run: z.string().describe('Id of the run that was kept'),
  commit: z.string().nullable(),
  branch: z.string().nullable(),
  dirty: z.boolean().nullable(),
  suites: z.array(z.string()).describe('Names of the suites whose rows it holds'),
  agentops_version: z.string(),
  warnings: z.array(z.string()).describe('What was said against it when it was set, in sentences'),
});
export type BaselineFacts = z.infer<typeof BaselineFacts>;

/** A file to compare with: a JSON report whose verdicts are cut down, and where it comes from. */
export const Baseline = JsonReport.extend({ baseline: BaselineFacts });
export type Baseline = z.infer<typeof Baseline>;

/** What a baseline says of itself and of its tasks: its trials may be very many. */
export const BaselineHead = Baseline.omit({ trials: true });
export type BaselineHead = z.infer<typeof BaselineHead>;
