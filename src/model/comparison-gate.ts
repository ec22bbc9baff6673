import * as z from 'zod';
import { GateStatus } from './status.ts';

const Count = z.int().nonnegative();
const Figure = z.number().nullable();

/** The gate's answer about a comparison. */
export const ComparisonGate = z.looseObject({
  status: GateStatus,
  reasons: z.array(z.string()),
  margin: z.number().describe('Loss of pass rate that does not count'),
  alpha: z.number().describe('Chance of a failed gate where nothing changed, at most'),
  rules: z.array(
    z.looseObject({
      rule: z.string().describe('As it was asked for: `regression`, `cost:+10%`'),
      status: GateStatus,
      p: Figure.describe('One-sided; null where nothing was tested'),
      p_holm: Figure.describe('After Holm’s correction over all that was tested'),
      reason: z.string(),
    }),
  ),
  tested: Count.describe('How many tests Holm’s correction is over'),
  groups: z
    .array(
      z.looseObject({
        suite: z.string(),
        agent: z.string().describe('As head names it'),
        status: GateStatus,
        p: Figure.describe('One-sided'),
        p_holm: Figure,
      }),
    )
    .optional()
    .describe('What `regression` says of each suite and agent; absent where it was not asked'),
  sequential: z
    .looseObject({
      look: Count.describe('Looks that were taken'),
      looks: Count.describe('Looks that were planned'),
      alpha: z.number().describe('What was spent at the last look: its intervals are that wide'),
      method: z.string(),
      stopped: z.string().nullable().describe('Why no more trials were run while it was open'),
    })
    .optional()
    .describe('With --until-decided'),
});
export type ComparisonGate = z.infer<typeof ComparisonGate>;
