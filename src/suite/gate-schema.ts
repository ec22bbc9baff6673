import * as z from 'zod';
import { MOST_TRIALS } from '../model/plan.ts';
import { chosen } from './chosen.ts';
import { rate } from './limits-schema.ts';
import { mapOf } from './map-of.ts';
import { name, text } from './text-schema.ts';
import { unfaulted } from './unfaulted.ts';

const verdictPath = z.string().regex(/^[^.]+(\.[^.]+)+$/, {
  error: 'Expected the path of a verdict, such as policy.deny or attacks.exfiltrate.goal',
});

/** Violations that a gate puts up with. */
const toleranceSchema = chosen(
  (value) => (typeof value === 'string' ? 0 : 1),
  verdictPath,
  z.strictObject({
    verdict: verdictPath.describe('Path of the verdict, `*` a wildcard over a whole segment'),
    task: name.optional().describe('Only in this task, `*` a wildcard'),
    attack: name.optional().describe('Only under this attack, `*` a wildcard'),
    agent: name.optional().describe('Only by this agent, `*` a wildcard'),
    reason: text.describe('Why it is put up with; reports show it'),
  }),
);

const trials = z
  .string()
  .regex(/^[1-9]\d*$/, { error: 'Expected a number of trials from 1' })
  .refine((k) => Number(k) <= MOST_TRIALS, unfaulted(`Expected at most ${MOST_TRIALS} trials`));

const figures = {
  pass_rate: rate.optional().describe('Least share of tasks that pass'),
  score: rate.optional().describe('Least mean score'),
  pass_hat_k: filled(mapOf(rate, trials), 'Give at least one k')
    .optional()
    .describe('Least chance that k trials of a task all pass, by k'),
  max_cost_usd: z
    .number()
    .nonnegative()
    .optional()
    .describe('Most US dollars that all trials of an agent may cost together'),
  p95_seconds: z
    .number()
    .nonnegative()
    .optional()
    .describe('Most seconds that 95 of 100 trials may take'),
};

const part = filled(z.strictObject(figures), 'Give at least one figure');

/** What makes a run pass. */
export const gateSchema = z.strictObject({
  ...figures,
  tags: mapOf(part, name).optional().describe('What the tasks with a tag must reach besides'),
  agents: mapOf(part, name).optional().describe('What an agent must reach besides'),
  tolerate: z
    .array(toleranceSchema)
    .optional()
    .describe('Violations that do not fail the gate, by the path of their verdict'),
});

/** A map with one entry at least. */
function filled<Map extends z.ZodType<object>>(map: Map, message: string): Map {
  return map.refine((value) => Object.keys(value).length > 0, unfaulted(message));
}
