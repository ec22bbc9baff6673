import * as z from 'zod';

/** What a metric found, as `details` of its verdict. */
export const Measurement = z.looseObject({
  metric: z.string().describe('Name of the metric, such as tool_call_f1'),
  value: z.number().min(0).max(1).describe('What it measured'),
  at_least: z.number().describe('The least that passes'),
});
export type Measurement = z.infer<typeof Measurement>;
