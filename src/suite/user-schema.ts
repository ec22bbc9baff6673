import * as z from 'zod';
import { chosen } from './chosen.ts';
import { mapOf } from './map-of.ts';
import { modelKeys, oneSource } from './model-keys.ts';
import { name, text } from './text-schema.ts';

const fact = chosen(
  (value) => (typeof value === 'number' ? 1 : typeof value === 'boolean' ? 2 : 0),
  text,
  z.number(),
  z.boolean(),
);

/** Schema of `user`: how a model plays the user. */
export const userSchema = z.strictObject({
  simulate: z
    .strictObject({
      model: text.describe('Name of the model'),
      goal: text.describe('What the user wants'),
      facts: chosen((value) => (Array.isArray(value) ? 0 : 1), z.array(text), mapOf(fact, name))
        .optional()
        .describe('All that the user knows: texts, or values by name'),
      stop: text
        .optional()
        .describe('When the user ends the conversation; once the goal is reached unless given'),
      turns: z
        .int()
        .positive()
        .max(1000)
        .optional()
        .describe('How often the user speaks at most; 10 unless given'),
      opening: text.optional().describe('What the user says first; the model begins unless given'),
      temperature: z.number().nonnegative().optional().describe('Temperature of the model'),
      ...modelKeys,
    })
    .check(oneSource)
    .describe('How it plays'),
});
