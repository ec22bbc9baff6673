import * as z from 'zod';
import { Quarantine } from './plan.ts';
import { Status } from './status.ts';

const Count = z.int().nonnegative();
const Figure = z.number().nullable();

/** What one run says of a task. */
export const TaskSide = z.looseObject({
  status: Status,
  trials: Count,
  passed: Count,
  failed: Count,
  errored: Count,
  skipped: Count,
  pass_rate: Figure,
  score: Figure,
  cost_usd: Figure.describe('Mean of a trial, as the figures below'),
  tokens: Figure,
  steps: Figure,
  seconds: Figure,
});
export type TaskSide = z.infer<typeof TaskSide>;

/** How often a verdict passed, failed and could not be given. */
const VerdictCounts = z.looseObject({
  passed: Count,
  failed: Count,
  errored: Count,
  score: Figure,
});

/** A verdict that one run gives otherwise than the other. */
export const VerdictChange = z.looseObject({
  path: z.string(),
  kind: z.enum(['rule', 'safety', 'judge', 'goal']),
  required: z.boolean(),
  base: VerdictCounts.nullable(),
  head: VerdictCounts.nullable(),
});
export type VerdictChange = z.infer<typeof VerdictChange>;

/** A task, alone or under an attack, in both runs. */
export const TaskChange = z.looseObject({
  suite: z.string(),
  task: z.string().nullable(),
  attack: z.string().nullable(),
  agent: z.looseObject({ base: z.string().nullable(), head: z.string().nullable() }),
  change: z.enum(['regressed', 'missing', 'undecided', 'flaky', 'fixed', 'new', 'same']),
  edited: z.boolean().nullable().describe('What it asks for differs; null where that is not known'),
  compared: z.boolean().describe('false: not part of the figures'),
  skip: z.string().optional(),
  quarantine: Quarantine.optional(),
  base: TaskSide.nullable(),
  head: TaskSide.nullable(),
  difference: Figure.describe('Of the pass rates'),
  p: Figure.describe('Two-sided, Fisher’s exact test on its trials'),
  p_holm: Figure.describe('One-sided for a regression, Holm over all compared tasks'),
  q: Figure.describe('Two-sided, Benjamini–Hochberg over all compared tasks'),
  shown: z.boolean().describe('A regression that holds after Holm’s correction'),
  verdicts: z
    .array(VerdictChange)
    .describe('Those that changed; filled for tasks that changed, the first of many'),
  trials: z
    .looseObject({ base: z.string().nullable(), head: z.string().nullable() })
    .describe('Ids of the two trials to look at'),
  at: z
    .looseObject({ file: z.string(), line: z.int() })
    .optional()
    .describe('Where the task is written'),
});
export type TaskChange = z.infer<typeof TaskChange>;
