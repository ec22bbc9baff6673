import * as z from 'zod';
import { BlastRadius } from './blast-radius.ts';
import { Status, Stop } from './status.ts';
import { Verdict } from './verdict.ts';

/** One line of `trials.jsonl`: a finished trial with its verdicts. */
export const TrialResult = z.looseObject({
  id: z.string().describe('Digest of suite, task, agent, attack and trial'),
  suite: z.string(),
  task: z.string().nullable(),
  agent: z.string(),
  attack: z.string().nullable(),
  trial: z.int().positive(),
  status: Status,
  score: z.number().nullable().describe('Weighted mean of the verdicts; null with `error`'),
  stop: Stop.nullable(),
  reason: z.string().nullish().describe('Why the trial has its status, where no verdict says it'),
  turns: z.int().nullable(),
  tool_calls: z.int().nullable(),
  input_tokens: z.number().nullable(),
  output_tokens: z.number().nullable(),
  cost_usd: z.number().nullable(),
  judge_cost_usd: z
    .number()
    .nullish()
    .describe('What its LLM judges cost; absent where none was asked live, null without a price'),
  duration_ms: z.number().nullable(),
  blast_radius: BlastRadius.optional().describe(
    'How far the calls reach, where tools are declared',
  ),
  verdicts: z.array(Verdict),
  unjudged: z
    .array(z.string())
    .optional()
    .describe('Verdicts about safety that it should have: it went wrong before they were given'),
  delivered: z
    .boolean()
    .nullish()
    .describe('Whether the agent got to see the attack; null where that is not known'),
  entry_tools: z
    .array(z.string())
    .optional()
    .describe('Tools in whose results the attack reached the agent'),
  trajectory: z
    .looseObject({ offset: z.number(), bytes: z.number() })
    .nullish()
    .describe('Where its line stands in `trajectories.jsonl`'),
});
export type TrialResult = z.infer<typeof TrialResult>;
