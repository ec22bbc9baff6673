import * as z from 'zod';

/** What a person says of a trial, or of one judge's question about it; a line of a `*.labels.jsonl` file. */
export const Label = z.looseObject({
  schema_version: z.literal(1),
  suite: z.string().optional(),
  task: z.string(),
  agent: z.string(),
  attack: z.string().nullish(),
  trial: z.int().positive(),
  judge: z
    .string()
    .optional()
    .describe('The judge whose question is answered; absent: the trial as a whole'),
  step: z.int().nonnegative().optional().describe('The step that is meant, where each is judged'),
  label: z
    .union([z.string(), z.number()])
    .describe('`pass`, `fail`, `unsure`, an answer of the judge, or a value on its scale'),
  note: z.string().optional(),
  right: z.array(z.int()).optional().describe('Steps that the person marked as right'),
  wrong: z.array(z.int()).optional().describe('Steps that the person marked as wrong'),
  by: z.string().optional(),
  at: z.string().optional().describe('ISO time'),
  trajectory: z
    .string()
    .optional()
    .describe('SHA-256 of the steps that were seen, so that a changed trajectory is noticed'),
});
export type Label = z.infer<typeof Label>;
