import * as z from 'zod';
import { MOST_TRIALS } from '../model/plan.ts';
import { chosen } from './chosen.ts';

const ceiling = z.number().nonnegative();

/** Ceilings of a trial; a ceiling of n allows n. */
export const limitsSchema = z.strictObject({
  turns: ceiling
    .optional()
    .describe('Model steps, or unbroken runs of assistant messages and calls'),
  tool_calls: ceiling.optional().describe('Calls, whatever came of them'),
  tokens: ceiling.optional().describe('Input and output tokens'),
  cost_usd: ceiling.optional().describe('US dollars'),
  seconds: ceiling.optional().describe('Time to the last step'),
  repeats: ceiling.optional().describe('Calls with equal tool and arguments'),
});

/** Trials per task. */
export const trialsSchema = z.int().positive().max(MOST_TRIALS);

/** A share of something. */
export const rate = z.number().min(0).max(1);

/** How many trials of a task must pass. */
export const passSchema = chosen(
  (value) => {
    if (typeof value !== 'object' || value === null) return 0;
    return Object.hasOwn(value, 'rate') && !Object.hasOwn(value, 'at_least') ? 2 : 1;
  },
  z.enum(['all', 'any']),
  z.strictObject({ at_least: z.int().positive().describe('Number of trials') }),
  z.strictObject({ rate: rate.gt(0).describe('Share of the trials, above 0 and up to 1') }),
);

/** Parts of a gate that are held over rows. */
export const gateShape = {
  pass_rate: rate.optional().describe('Least share of tasks that pass'),
  score: rate.optional().describe('Least mean score'),
};
