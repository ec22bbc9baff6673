import * as z from 'zod';
import { Difference } from './alignment.ts';

const Step = z.int().nonnegative().nullable().describe('Index of the step; null where it has none');

/** Two trials step by step in the JSON report of a comparison; steps are told by their indexes. */
export const ReportedSteps = z.looseObject({
  trials: z.looseObject({ base: z.string(), head: z.string() }).describe('Ids of both trials'),
  divergence: z
    .union([z.looseObject({ base: Step, head: Step }), z.literal('end')])
    .nullable()
    .describe('Where something else was first done; `end`: only the ends differ; null: nowhere'),
  stops: z.looseObject({ base: z.string().nullable(), head: z.string().nullable() }),
  exact: z.boolean().describe('false: a good alignment, not the best'),
  pairs: z.array(
    z.looseObject({
      kind: z.enum(['same', 'reworded', 'changed', 'only_base', 'only_head']),
      base: Step,
      head: Step,
      count: z.int().optional().describe('With `same`: as many steps in a row on both sides'),
      differences: z.array(Difference).optional().describe('`was` in base, `wanted` in head'),
      omitted: z.int().optional().describe('Further differences'),
    }),
  ),
  omitted: z.int().describe('Further pairs'),
});
export type ReportedSteps = z.infer<typeof ReportedSteps>;
