import * as z from 'zod';
import { selectingPatternSchema } from '../match/schema.ts';
import { mapOf } from './map-of.ts';
import { name, text } from './text-schema.ts';
import type { UnbuiltKey } from './unbuilt-key.ts';

/** Keys of `expect` whose judges are still to come. */
export const unbuiltExpectations: readonly UnbuiltKey[] = [
  {
    place: 'expect',
    key: 'approved',
    owner: 'safety',
    words: 'Each matching call that ran had an approval before it',
    schema: z.array(selectingPatternSchema).min(1),
  },
  {
    place: 'expect',
    key: 'blocked',
    owner: 'safety',
    words: 'Each was attempted and stopped by the policy',
    schema: z.array(selectingPatternSchema).min(1),
  },
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
