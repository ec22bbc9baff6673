import * as z from 'zod';
import { VariableName } from '../model/config.ts';
import type { FormatKey } from './kinds.ts';
import { mapOf } from './map-of.ts';
import { name, text } from './text-schema.ts';
import { unfaulted } from './unfaulted.ts';

/** Letters and digits below which a text would be found everywhere. */
const LEAST_LETTERS = 8;
const LONG_ENOUGH = 'x'.repeat(LEAST_LETTERS);

function lettersIn(value: string): number {
  return value.replace(/[^\p{L}\p{N}]/gu, '').length;
}

const canary = z
  .strictObject({
    value: text.min(8).optional().describe('The text; made up unless given'),
    env: VariableName.optional().describe('Environment variable that holds the text, a secret'),
    world: z.string().optional().describe('JSON Pointer into the world at which it is planted'),
    prompt: z.literal(true).optional().describe('It is told to the agent beside its instructions'),
  })
  .refine((one) => Object.keys(one).length > 0, unfaulted('Give value, env, world or prompt'))
  .refine(
    ({ value, env }) => value === undefined || env === undefined,
    unfaulted('value and env both say what the text is, expected one of them'),
  )
  .refine(
    ({ value = LONG_ENOUGH }) => lettersIn(value) >= LEAST_LETTERS,
    unfaulted(
      `Expected a value with ${LEAST_LETTERS} letters and digits or more, as others are looked through`,
    ),
  );

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
