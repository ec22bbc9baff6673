import * as z from 'zod';
import { gateShape, rate } from './limits-schema.ts';
import { mapOf } from './map-of.ts';
import { name, text } from './text-schema.ts';
import type { UnbuiltKey } from './unbuilt-key.ts';

const gate = mapOf(z.strictObject(gateShape), name);

/** The rest of the gate, and what stands outside it. */
export const unbuiltGateKeys: readonly UnbuiltKey[] = [
  ...(
    [
      ['pass_hat_k', 'Least chance that k trials of a task all pass, by k', mapOf(rate, name)],
      ['max_cost_usd', 'Most US dollars that the run may cost', z.number().nonnegative()],
      ['p95_seconds', 'Most seconds that 95 of 100 trials take', z.number().nonnegative()],
      ['tags', 'Gates of tasks by tag', gate],
      ['agents', 'Gates by agent', gate],
    ] as const
  ).map(
    ([key, words, schema]) => ({ place: 'gate', owner: 'versions', key, words, schema }) as const,
  ),
  {
    place: 'suite',
    key: 'quarantine',
    owner: 'versions',
    words: 'Tasks that leave the count of the gate for a time',
    schema: mapOf(
      z.strictObject({
        until: text.optional().describe('Last day'),
        owner: text.optional().describe('Who mends it'),
        reason: text.optional().describe('Why'),
      }),
      name,
    ),
  },
];
