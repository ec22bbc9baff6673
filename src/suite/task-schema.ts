import * as z from 'zod';
import { conversationSchema } from './conversation-schema.ts';
import type { FormatKey } from './kinds.ts';
import { limitsSchema, passSchema, trialsSchema } from './limits-schema.ts';
import { mapOf } from './map-of.ts';
import { optionalKeys } from './optional-keys.ts';
import { fileOr, name, text } from './text-schema.ts';
import { userSchema } from './user-schema.ts';

/** Entries of `for_each`: the values of one task each. */
export const forEachSchema = z
  .array(mapOf(z.unknown(), name))
  .min(1, { error: 'Expected at least one entry: without one the task vanishes' });

/** Builds the schema of one task. */
export function taskSchema(expect: z.ZodType, more: readonly FormatKey[]): z.ZodType {
  return z.strictObject({
    id: name.describe('Names the task, once in a suite'),
    tags: z.array(name).optional().describe('Words to select tasks by'),
    input: z
      .unknown()
      .refine((value) => value !== null, {
        error: 'Expected text or data, but nothing stands here',
      })
      .optional()
      .describe('What the user asks for'),
    conversation: conversationSchema(expect)
      .optional()
      .describe('What the user says, turn by turn, in place of an input'),
    user: userSchema.optional().describe('A model that plays the user'),
    expect: fileOr(expect)
      .optional()
      .describe('What must hold, or the path of a file that says it'),
    prefer: expect.optional().describe('What only moves the score'),
    weights: mapOf(z.number().nonnegative(), name)
      .optional()
      .describe('Weights of verdicts in the score, by key path less its root; 1 unless given'),
    limits: limitsSchema.optional().describe('Ceilings of each trial'),
    trials: trialsSchema.optional().describe('Trials of this task'),
    pass: passSchema.optional().describe('How many of its trials must pass'),
    skip: text.optional().describe('Why the task leaves the count of the gate'),
    for_each: forEachSchema
      .optional()
      .describe('One task for each entry, with {{name}} replaced in values'),
    ...optionalKeys(more),
  });
}
