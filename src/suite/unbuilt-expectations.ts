import * as z from 'zod';
import { mapOf } from './map-of.ts';
import { name, text } from './text-schema.ts';
import type { UnbuiltKey } from './unbuilt-key.ts';

const names = z.array(name).min(1);
const nameOrNames = z.union([name, names]);

/** Keys of `expect` whose judges are still to come. */
export const unbuiltExpectations: readonly UnbuiltKey[] = [
  {
    place: 'expect',
    key: 'no_leaks',
    owner: 'safety',
    words: 'Canaries and secrets that never reach answers or external tools',
    schema: names,
  },
  {
    place: 'expect',
    key: 'no_taint',
    owner: 'safety',
    words: 'Text from untrusted results never reaches answers or external tools',
    schema: z.strictObject({
      from: nameOrNames.optional().describe('Tools whose results are not trusted'),
      to: nameOrNames.optional().describe('Tools that must not be given such text'),
    }),
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
