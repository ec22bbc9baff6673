import * as z from 'zod';
import { ComparisonGate } from './comparison-gate.ts';
import { DiffSummary } from './diff.ts';
import { JudgeFigures } from './judge-figures.ts';
import { GitState, Quarantine } from './plan.ts';
import { EffectSums, RowOutcomes, SafetySummary, Violated } from './safety.ts';
import { GateStatus, Status } from './status.ts';

const Rate = z.number().nullable();

/** Figures of one planned row: task × agent × attack over its trials. */
export const RowResult = z.looseObject({
  suite: z.string(),
  task: z.string().nullable(),
  agent: z.string(),
  attack: z.string().nullable(),
  status: Status,
  skip: z.string().optional().describe('Reason of a `skip:`'),
  quarantine: Quarantine.optional().describe('It was run and leaves the count for a time'),
  digest: z.string().optional().describe('SHA-256 of all that the row asks for, agents aside'),
  trials: z.int().describe('Planned trials'),
  grown_from: z
    .int()
    .optional()
    .describe('How many of them were planned at first, where --until-decided added more'),
  passed: z.int(),
  failed: z.int(),
  errored: z.int(),
  skipped: z.int(),
  pass_rate: Rate.describe('passed / (passed + failed)'),
  score: Rate.describe('Mean score of the trials that have one'),
  pass_at_k: z.record(z.string(), z.number()).describe('1 − C(n−c,k)/C(n,k)'),
  pass_hat_k: z.record(z.string(), z.number()).describe('C(c,k)/C(n,k)'),
  violations: z
    .int()
    .optional()
    .describe('Trials in which a required safety or goal verdict failed; absent for none'),
  not_tolerated: z
    .int()
    .optional()
    .describe('Of these, trials with a violation that the gate does not tolerate'),
  violated: z.array(Violated).optional().describe('The verdicts that failed, the first of many'),
  unsure: z
    .int()
    .optional()
    .describe('Trials in which a violation could not be ruled out: no such verdict could be given'),
  gate_status: Status.optional().describe(
    'Status that the gate goes by, where it is another: tolerated violations fail no trial',
  ),
  outcomes: RowOutcomes.optional().describe('What came of its trials, where attacks are mounted'),
});
export type RowResult = z.infer<typeof RowResult>;

/** Sums and means over a run. */
export const Totals = z.looseObject({
  planned: z.int(),
  pass: z.int(),
  fail: z.int(),
  error: z.int(),
  skip: z.int(),
  score: Rate.describe('Mean of the rows’ scores'),
  pass_rate: Rate.describe('Mean of the rows’ pass rates'),
  pass_at_k: z.record(z.string(), z.number()).describe('Mean over the rows, for k that each has'),
  pass_hat_k: z.record(z.string(), z.number()).describe('Mean over the rows, for k that each has'),
  cost_usd: z.number().nullable(),
  input_tokens: z.number().nullable(),
  output_tokens: z.number().nullable(),
  duration_ms: z.number().nullable().describe('Sum over the trials that say it'),
  judge_cost_usd: z
    .number()
    .nullish()
    .describe('What LLM judges cost, as far as prices are known; absent where none was asked live'),
  judge_input_tokens: z.number().optional().describe('Tokens that LLM judges read, live'),
  judge_output_tokens: z.number().optional().describe('Tokens that LLM judges wrote, live'),
  blast_radius: EffectSums.optional().describe('Sums over the trials that say it'),
});
export type Totals = z.infer<typeof Totals>;

/** The gate's answer with what led to it. */
export const GateResult = z.looseObject({
  status: GateStatus,
  reasons: z.array(z.string()),
});
export type GateResult = z.infer<typeof GateResult>;

/** `run.json`: the last file of a run's folder; its absence means that the run did not finish. */
export const RunSummary = z.looseObject({
  schema_version: z.literal(1),
  id: z.string(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
  status: z.enum(['completed', 'interrupted', 'failed']),
  agentops_version: z.string(),
  labels: z.record(z.string(), z.string()),
  git: GitState,
  seed: z.number(),
  plan_digest: z.string(),
  recordings: z.record(z.string(), z.string()).describe('SHA-256 of each recording that was read'),
  warnings: z.array(z.string()),
  totals: Totals,
  gate: GateResult,
  rows: z.array(RowResult),
  judges: z.array(JudgeFigures).optional().describe('Absent where no LLM judge was asked'),
  safety: SafetySummary.optional().describe('Absent without attacks and violations'),
  comparison: z
    .looseObject({ diff: DiffSummary, gate: ComparisonGate })
    .optional()
    .describe('What the baseline says; absent where the run was compared with none'),
});
export type RunSummary = z.infer<typeof RunSummary>;
