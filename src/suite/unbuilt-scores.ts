import * as z from 'zod';
import type { FileAt } from './kinds.ts';
import { gateShape, rate } from './limits-schema.ts';
import { mapOf } from './map-of.ts';
import { filePath, isFilePath, name, text } from './text-schema.ts';
import type { UnbuiltKey } from './unbuilt-key.ts';

const judge = z.strictObject({
  model: text.optional().describe('Name of the model'),
  models: z.array(text).min(1).optional().describe('Names of the models of a panel'),
  rubric: text.describe('What is judged, or the path of a file that says it'),
  scale: z.tuple([z.number(), z.number()]).optional().describe('Lowest and highest value'),
  answers: mapOf(text, name).optional().describe('Answers by name, with what they mean'),
  votes: z.int().positive().optional().describe('How often it is asked'),
  agree: text.optional().describe('How votes become one answer'),
  calibration: z
    .strictObject({
      labels: filePath.describe('Labels of people'),
      kappa: z.number().optional().describe('Least agreement with them'),
    })
    .optional()
    .describe('What makes the judge one to rely on'),
});

type Judge = z.infer<typeof judge>;

function filesOf([key, { rubric, calibration }]: [string, Judge]): FileAt[] {
  const files: FileAt[] = isFilePath(rubric) ? [{ path: [key, 'rubric'], file: rubric }] : [];
  if (!calibration) return files;
  return [...files, { path: [key, 'calibration', 'labels'], file: calibration.labels }];
}

/** The key that defines LLM judges. */
export const unbuiltJudgeKeys: readonly UnbuiltKey[] = [
  {
    place: 'suite',
    key: 'judges',
    owner: 'judges',
    fragment: true,
    words: 'LLM judges by name',
    schema: mapOf(judge, name),
    files: (value) => Object.entries(value as Record<string, Judge>).flatMap(filesOf), // validated
  },
];

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
