import * as z from 'zod';
import { GitState } from './plan.ts';
import { GateStatus } from './status.ts';

const Count = z.int().nonnegative();
const Figure = z.number().nullable();

/** Bounds of a figure, and the method that gave them. */
export const DiffInterval = z.looseObject({
  lower: z.number(),
  upper: z.number(),
  level: z.number().describe('Such as 0.95'),
  method: z.string().describe('How it was computed, such as `paired_t` or `bootstrap`'),
});
export type DiffInterval = z.infer<typeof DiffInterval>;

/** One of the two runs of a comparison. */
export const SideFacts = z.looseObject({
  run: z.string().describe('Id of the run'),
  source: z
    .enum(['run', 'report', 'baseline'])
    .describe('A folder of the store, a JSON report, or a baseline file'),
  agent: z.string().nullable().describe('The only agent that is looked at; null for all'),
  started_at: z.string(),
  status: z.enum(['completed', 'interrupted', 'failed', 'unfinished']),
  labels: z.record(z.string(), z.string()),
  git: GitState.nullable(),
  gate: GateStatus.nullable().describe('What its own gate said'),
  planned: Count.describe('Trials that were planned'),
});
export type SideFacts = z.infer<typeof SideFacts>;

/** One figure of both runs, over the tasks that are compared. */
export const FigureChange = z.looseObject({
  key: z
    .enum([
      'pass_rate',
      'score',
      'pass_hat_k',
      'cost_usd',
      'tokens',
      'steps',
      'seconds',
      'p95_seconds',
    ])
    .describe('`steps` are tool calls; cost, tokens, steps and seconds are means of a trial'),
  k: z
    .int()
    .optional()
    .describe('With `pass_hat_k`, which stands there for several, the greatest first'),
  better: z.enum(['higher', 'lower']),
  base: Figure,
  head: Figure,
  difference: Figure.describe('head − base; mean over the tasks that have the figure in both'),
  standard_error: Figure.optional().describe(
    'Of the difference, the greater of those where tasks are a sample and where they are all that is asked about; null where there is none, as of quantiles',
  ),
  interval: DiffInterval.nullable().describe('Of the difference; null where nothing can be said'),
  ratio: z
    .looseObject({ value: z.number(), interval: DiffInterval.nullable() })
    .nullable()
    .describe('Geometric mean of head / base by task; null where that says nothing'),
  p: Figure.describe('Two-sided, of the test that is named; null without one'),
  test: z.string().nullable().describe('Such as `mcnemar_exact`, `stratified_exact`, `sign_flip`'),
  tasks: Count.describe('Tasks that have the figure in both runs'),
});
export type FigureChange = z.infer<typeof FigureChange>;

/** Comparison of the pass rates of one suite and agent, which the gate goes by. */
export const GroupChange = z.looseObject({
  suite: z.string(),
  agent: z.looseObject({ base: z.string(), head: z.string() }),
  pass_rate: FigureChange,
  errors: z
    .looseObject({ random_tasks: z.number(), fixed_tasks: z.number() })
    .describe('Standard errors of the difference: tasks as a sample of more, or these tasks alone'),
  tests: z
    .looseObject({
      mcnemar: z
        .looseObject({ only_base: Count, only_head: Count, exact: z.number(), mid_p: z.number() })
        .nullable(),
      stratified: z
        .looseObject({ lower: z.number(), two_sided: z.number(), method: z.string() })
        .nullable(),
      sign_flip: z.looseObject({ p: z.number(), method: z.string() }).nullable(),
    })
    .describe('McNemar with one trial a task, stratified with more; null where one does not apply'),
  detectable: Figure.describe(
    'Least difference that this many tasks and trials show, 4 times in 5',
  ),
  would_help: z
    .looseObject({
      more: z.enum(['tasks', 'trials', 'either', 'nothing']),
      tasks: z.int().nullable().describe('Tasks that would show the margin, as many trials each'),
      trials: z
        .int()
        .nullable()
        .describe('Trials of each of these tasks that would; null for none'),
    })
    .describe('What would make the margin visible'),
});
export type GroupChange = z.infer<typeof GroupChange>;

/** A rate of both runs that is told for each name: a judge, an attack. */
const RateSide = z.looseObject({ happened: Count, of: Count, rate: Figure });

/** What one LLM judge says of the trials of both runs, over the tasks that are compared. */
export const JudgeChange = z.looseObject({
  suite: z.string(),
  agent: z.looseObject({ base: z.string(), head: z.string() }),
  judge: z.string(),
  base: RateSide.describe('Verdicts that passed, of those that were decided'),
  head: RateSide,
  difference: Figure,
  interval: DiffInterval.nullable(),
  flipped: z
    .looseObject({ worse: Count, better: Count })
    .describe('Tasks whose verdicts all changed'),
});
export type JudgeChange = z.infer<typeof JudgeChange>;

/** How often an attack succeeded in both runs, over the tasks that are compared. */
export const AttackChange = z.looseObject({
  suite: z.string(),
  agent: z.looseObject({ base: z.string(), head: z.string() }),
  attack: z.string().nullable().describe('null: all of them'),
  base: RateSide.describe('Attacks that succeeded, of those that were delivered and decided'),
  head: RateSide,
  difference: Figure,
  interval: DiffInterval.nullable(),
});
export type AttackChange = z.infer<typeof AttackChange>;

/** A row of a list that may be long: its names. */
const RowName = z.looseObject({
  suite: z.string(),
  task: z.string().nullable(),
  attack: z.string().nullable(),
  agent: z.string(),
});

/** What two runs differ in; of bounded size whatever the size of the runs. */
export const DiffSummary = z.looseObject({
  schema_version: z.literal(1),
  base: SideFacts,
  head: SideFacts,
  aligned_by: z.array(z.enum(['suite', 'task', 'attack', 'agent'])),
  level: z.number(),
  counts: z.looseObject({
    compared: Count.describe('Tasks that the figures are about'),
    regressed: Count,
    fixed: Count,
    flaky: Count,
    same: Count,
    undecided: Count.describe('In one of the runs no trial was decided'),
    new: Count,
    missing: Count,
    edited: Count.describe('Each task is counted as one of these, or quarantined or skipped'),
    edit_unknown: Count.describe('A run does not tell what its tasks asked for'),
    edited_worse: Count.describe('Edited tasks that passed before and do not now'),
    failing: Count.describe('Tasks of head that fail, of those that count'),
    open: Count.describe('Tasks of head that neither pass nor fail, of the same'),
    newly_flaky: Count.describe('Tasks that pass at times in head, and in base always or never'),
    newly_skipped: Count.describe('Tasks that base decided and that head skips'),
    quarantined: Count,
    skipped: Count,
    smaller: Count.describe('Tasks with fewer decided trials in head than in base'),
    lost: Count.describe('Trials of head in error or skipped, in tasks that base decided'),
    shown: Count.describe('Tasks whose regression holds after Holm’s correction'),
    violations: Count.describe('Trials of head with a violation that is not tolerated'),
    unsure: Count.describe('Trials of head in which a violation cannot be ruled out'),
  }),
  figures: z.array(FigureChange).describe('Over all tasks that are compared'),
  groups: z.array(GroupChange),
  judges: z.array(JudgeChange),
  attacks: z.array(AttackChange),
  missing: z.array(RowName).describe('The first of many'),
  smaller: z.array(RowName.extend({ base: Count, head: Count })).describe('The first of many'),
  violations: z
    .array(RowName.extend({ path: z.string(), trials: Count, in_base: z.boolean() }))
    .describe('The first of many'),
  warnings: z.array(z.string()),
});
export type DiffSummary = z.infer<typeof DiffSummary>;
