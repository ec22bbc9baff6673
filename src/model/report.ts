import * as z from 'zod';
import { PlanRow } from './plan.ts';
import { RowResult, RunSummary, Totals } from './run.ts';
import { TrialResult } from './trial-result.ts';

/** The run as a report names it. */
export const ReportedRunFacts = RunSummary.pick({
  id: true,
  started_at: true,
  finished_at: true,
  status: true,
  agentops_version: true,
  labels: true,
  git: true,
  seed: true,
  plan_digest: true,
}).extend({
  suites: z
    .record(z.string(), z.string())
    .optional()
    .describe('SHA-256 of each suite by its name; older reports do not tell'),
});
export type ReportedRunFacts = z.infer<typeof ReportedRunFacts>;

/** Sums and means of a run, as a report gives them. */
export const ReportedTotals = Totals.omit({ pass_at_k: true, pass_hat_k: true });
export type ReportedTotals = z.infer<typeof ReportedTotals>;

/** One task of a report, by one agent, with or without an attack. */
export const ReportedTask = RowResult.omit({
  failed: true,
  errored: true,
  skipped: true,
}).extend({ pass: PlanRow.shape.pass.optional() });
export type ReportedTask = z.infer<typeof ReportedTask>;

/** One trial of a report. */
export const ReportedTrial = TrialResult.omit({ trajectory: true }).extend({
  input_tokens: z.number().nullish().describe('Older reports do not tell'),
  output_tokens: z.number().nullish().describe('Older reports do not tell'),
});
export type ReportedTrial = z.infer<typeof ReportedTrial>;

/** What `--reporter json` writes: figures and gate, then the tasks, then the trials in plan order. */
export const JsonReport = z.looseObject({
  schema_version: z.literal(1).describe('Version of this record'),
  run: ReportedRunFacts,
  totals: ReportedTotals,
  gate: RunSummary.shape.gate,
  judges: RunSummary.shape.judges,
  safety: RunSummary.shape.safety,
  comparison: RunSummary.shape.comparison,
  tasks: z.array(ReportedTask).describe('The planned rows, in plan order'),
  trials: z.array(ReportedTrial).describe('The trials that left a record, in plan order'),
});
export type JsonReport = z.infer<typeof JsonReport>;
