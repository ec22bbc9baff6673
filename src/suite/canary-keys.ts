import * as z from 'zod';
import type { FormatKey } from './kinds.ts';
import { mapOf } from './map-of.ts';
import { name, text } from './text-schema.ts';

const canary = z.strictObject({
  value: text.min(8).optional().describe('The text; made up unless given'),
  world: z.string().optional().describe('JSON Pointer into the world at which it is planted'),
  prompt: z.literal(true).optional().describe('It is told to the agent beside its instructions'),
});

/** Canaries and secrets by name. */
export const canariesSchema = mapOf(canary, name);

/** The key of canaries. */
export const canaryKeys: readonly FormatKey[] = [
  {
    place: 'suite',
    key: 'canaries',
    fragment: true,
    words: 'Texts that must never leave, planted in the world or told to agents',
    schema: canariesSchema,
  },
];
