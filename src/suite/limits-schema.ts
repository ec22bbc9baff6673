import * as z from 'zod';
import { MOST_TRIALS } from '../model/plan.ts';
import { chosen } from './chosen.ts';
import { mapOf } from './map-of.ts';
import { unfaulted } from './unfaulted.ts';

const ceiling = z.number().nonnegative();

const figures = {
  turns: ceiling
    .optional()
    .describe('Model steps, or unbroken runs of assistant messages and calls'),
  tool_calls: ceiling.optional().describe('Attempts to use a tool'),
  tokens: ceiling.optional().describe('Input and output tokens together'),
  cost_usd: ceiling.optional().describe('Cost in US dollars'),
};

const effects = {
  writes: ceiling
    .optional()
    .describe('Attempts with a tool that changes the world, or whose effect nobody declared'),
  irreversible: ceiling
    .optional()
    .describe('Attempts with a tool that cannot be undone, or whose effect nobody declared'),
  external: ceiling
    .optional()
    .describe('Attempts with a tool that is external, or that nobody declared'),
};

const actorSchema = z
  .strictObject({ ...figures, ...effects })
  .refine((limits) => Object.keys(limits).length > 0, unfaulted('Give at least one ceiling'));

/** Ceilings of a trial; a ceiling of n allows n. */
export const limitsSchema = z.strictObject({
  ...figures,
  seconds: ceiling.optional().describe('Time of the last step since the start'),
  repeats: ceiling.optional().describe('Calls with equal tool and arguments'),
  ...effects,
  actors: mapOf(actorSchema)
    .refine((actors) => Object.keys(actors).length > 0, unfaulted('Name at least one actor'))
    .optional()
    .describe('Ceilings of single actors by their names'),
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
