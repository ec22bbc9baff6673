import * as z from 'zod';
import { mapOf } from './map-of.ts';
import { name, text } from './text-schema.ts';
import type { UnbuiltKey } from './unbuilt-key.ts';

/** Keys of `expect` whose judges are still to come. */
export const unbuiltExpectations: readonly UnbuiltKey[] = [
  {
    place: 'expect',
    key: 'judge',
    owner: 'judges',
    words: 'Named LLM judges with what they must answer',
    schema: mapOf(
      z.strictObject({
        at_least: z.number().optional().describe('Least value on the scale of the judge'),
        is: text.optional().describe('Answer of a judge with answers'),
      }),
      name,
    ),
  },
];
