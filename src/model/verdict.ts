import * as z from 'zod';

/** What sort of judge decided. */
const VerdictKind = z.enum(['rule', 'safety', 'judge', 'goal']);

/** What a judge decided about one question; a verdict without its place in a suite. */
export const Outcome = z.looseObject({
  status: z.enum(['pass', 'fail', 'error']).describe('`error`: it could not be decided'),
  score: z.number().min(0).max(1).nullable().describe('0 to 1; null with `error`'),
  reason: z.string().describe('One sentence for a person, built from `details`'),
  evidence: z.array(z.int().nonnegative()).describe('Indexes into the steps of the trajectory'),
  details: z.unknown().optional().describe('The finding as data'),
  kind: VerdictKind.optional().describe('Where it is not that of its judge'),
});
export type Outcome = z.infer<typeof Outcome>;

/** The answer of one judge, named by the key path that asked. */
export const Verdict = Outcome.extend({
  path: z.string().describe('Key path of the expectation, such as `expect.calls.in_order`'),
  kind: VerdictKind.describe('What sort of judge decided'),
  required: z.boolean().describe('false: it only moves the score'),
});
export type Verdict = z.infer<typeof Verdict>;
