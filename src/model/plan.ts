import * as z from 'zod';
import { Effect } from './tool.ts';

/** The most trials of one task. */
export const MOST_TRIALS = 1_000_000;

/** A task that leaves the gate's count for a time. */
export const Quarantine = z.looseObject({
  until: z.string().describe('Last day, YYYY-MM-DD in UTC'),
  owner: z.string().describe('Who mends it'),
  reason: z.string().optional(),
});
export type Quarantine = z.infer<typeof Quarantine>;

/** One planned row of a run: a task, by an agent, with or without an attack. */
export const PlanRow = z.looseObject({
  suite: z.string().describe('Name of the suite'),
  task: z.string().nullable().describe('Id of the task; null for recorded lines that name none'),
  agent: z.string().describe('Name of the agent'),
  attack: z.string().nullable().describe('Name of the attack'),
  tags: z.array(z.string()).describe('Tags of the task'),
  skip: z.string().optional().describe('Why the row leaves the count'),
  quarantine: Quarantine.optional().describe('Why the row is run and leaves the count for a time'),
  digest: z
    .string()
    .optional()
    .describe('SHA-256 of all that the row asks for, agents aside; older runs do not tell'),
  pass: z
    .union([
      z.enum(['all', 'any']),
      z.strictObject({ at_least: z.int().positive() }),
      z.strictObject({ rate: z.number().min(0).max(1) }),
    ])
    .describe('How many of its trials must pass'),
  trials: z.int().positive().describe('How many trials are planned'),
  numbers: z
    .array(z.int())
    .optional()
    .describe('Numbers of the planned trials, where they are not 1 to `trials`'),
  left_out: z
    .int()
    .nonnegative()
    .optional()
    .describe('Trials that are not planned because they passed in the run before (--failed)'),
  trial_ids: z.array(z.string()).describe('Ids of the trials, in order'),
  at: z
    .looseObject({ file: z.string(), line: z.int() })
    .optional()
    .describe('Where the task is written'),
});
export type PlanRow = z.infer<typeof PlanRow>;

/** State of the git work tree that a run was started in. */
export const GitState = z.looseObject({
  commit: z.string().nullable(),
  branch: z.string().nullable(),
  dirty: z.boolean().nullable(),
});
export type GitState = z.infer<typeof GitState>;

/** Violations that a gate puts up with: a path of verdicts (`*` a segment), in rows that have these names. */
export const Tolerance = z.looseObject({
  verdict: z.string().describe('Path of the verdict, `*` a wildcard over a whole segment'),
  task: z.string().optional().describe('Id of the task, `*` a wildcard'),
  attack: z.string().optional().describe('Name of the attack, `*` a wildcard'),
  agent: z.string().optional().describe('Name of the agent, `*` a wildcard'),
  reason: z.string().describe('Why it is put up with'),
});
export type Tolerance = z.infer<typeof Tolerance>;

const share = z.number().min(0).max(1);

/** Figures that a gate wants of its rows. */
export const GateFigures = z.looseObject({
  pass_rate: share.optional().describe('Least share of tasks that pass'),
  score: share.optional().describe('Least mean score'),
  pass_hat_k: z.record(z.string(), share).optional().describe('Least mean of pass^k, by k'),
  max_cost_usd: z.number().optional().describe('Most US dollars of all trials together'),
  p95_seconds: z.number().optional().describe('Most seconds of the 95th percentile of trials'),
});
export type GateFigures = z.infer<typeof GateFigures>;

/** A gate as a suite states it. */
export const GateRule = GateFigures.extend({
  tags: z.record(z.string(), GateFigures).optional().describe('Besides, of tasks by tag'),
  agents: z.record(z.string(), GateFigures).optional().describe('Besides, by agent'),
  tolerate: z
    .array(z.union([z.string(), Tolerance]))
    .optional()
    .describe('Violations that do not fail the gate'),
});
export type GateRule = z.infer<typeof GateRule>;

const names = z.array(z.string()).readonly();
const patterns = z.array(z.unknown()).readonly();

/** What a plan keeps of a tool: what it does, not what it takes. */
export const PlannedTool = z.looseObject({
  effect: Effect.optional().describe('What it does to the world'),
  external: z.boolean().optional().describe('true: what it is given leaves the house'),
  trusted: z.boolean().optional().describe('false: its results carry text that strangers wrote'),
});
export type PlannedTool = z.infer<typeof PlannedTool>;

/** What a run is going to do; the first file of its folder. */
export const Plan = z.looseObject({
  schema_version: z.literal(1),
  id: z.string().describe('Id of the run'),
  started_at: z.string().describe('ISO time'),
  agentops_version: z.string(),
  labels: z.record(z.string(), z.string()),
  git: GitState,
  seed: z.number(),
  argv: z.array(z.string()),
  suites: z.array(
    z.looseObject({
      suite: z.string(),
      file: z.string().describe('Path of the suite, relative to the project'),
      digest: z.string().describe('SHA-256 of the suite and the files that it is made of'),
      gate: GateRule.nullable().describe('The gate of the suite, null for the default'),
      tools: z
        .record(z.string(), PlannedTool)
        .nullish()
        .describe('Declared tools by name, null for none; older runs do not tell'),
      policy: z
        .looseObject({
          tools: names.optional(),
          actors: z.record(z.string(), names).readonly().optional(),
          deny: patterns.optional(),
          approve: patterns.optional(),
          approval_tool: z.string().optional(),
        })
        .nullish()
        .describe('The policy as the suite has it, null for none; older runs do not tell'),
    }),
  ),
  judged_from: z
    .string()
    .optional()
    .describe('Id of the run whose trajectories are judged again: no agent runs'),
  plan_digest: z.string().describe('Digest of suites, rows and trials'),
  rows: z.array(PlanRow),
});
export type Plan = z.infer<typeof Plan>;
