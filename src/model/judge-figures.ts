import * as z from 'zod';

const Count = z.int().nonnegative();

/** What one LLM judge came to over the trials of one agent. */
export const JudgeFigures = z.looseObject({
  suite: z.string(),
  agent: z.string(),
  judge: z.string(),
  wanted: z.string().describe('Such as `at least 4` or `pass`'),
  pass: Count,
  fail: Count,
  error: Count.describe('Verdicts that it did not decide'),
  pass_rate: z.number().nullable().describe('pass / (pass + fail), as the judge says'),
  corrected: z
    .looseObject({ rate: z.number(), lower: z.number(), upper: z.number() })
    .nullable()
    .describe('Rogan–Gladen estimate with its 95 % interval; null without a calibration'),
  kappa: z.number().nullable().describe('Agreement with people, null without a calibration'),
  drift: z.array(z.string()).describe('What changed since it was calibrated'),
  flips: z.looseObject({ changed: Count, of: Count }).describe('Items whose votes differ'),
  flagged: Count.describe('Verdicts about text that looks like an attempt to sway it'),
  ballots: z.looseObject({ live: Count, recorded: Count, lost: Count, reasked: Count }),
  canaries: z.looseObject({ asked: Count, missed: Count }).nullable(),
  input_tokens: z.number(),
  output_tokens: z.number(),
  cost_usd: z.number().nullable().describe('Of what was asked live; null where no price is known'),
});
export type JudgeFigures = z.infer<typeof JudgeFigures>;
