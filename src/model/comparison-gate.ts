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
});
export type ComparisonGate = z.infer<typeof ComparisonGate>;
