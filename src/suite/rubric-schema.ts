import * as z from 'zod';
import { Step } from '../model/trajectory.ts';
import { chosen } from './chosen.ts';
import { answerSchema, formKeys, onlyOne } from './judge-keys.ts';
import { name, text } from './text-schema.ts';

const known = z.strictObject({
  name: name.describe('Names the trial'),
  answer: answerSchema.describe('What is right of it'),
  steps: z.array(Step).min(1).describe('What happened, as in a trajectory'),
});

/** Schema of a `*.rubric.yaml` file, the ready-made ones included; a judge may say otherwise in all but the words. */
export const rubricSchema = z
  .strictObject({
    rubric: name.describe('Names the rubric'),
    version: chosen(
      (value) => (typeof value === 'number' ? 0 : 1),
      z.int().positive(),
      text,
    ).describe('Another one whenever the words are others'),
    source: text.optional().describe('Where the idea comes from'),
    text: text.describe('What is judged'),
    ...formKeys,
    known: z.array(known).optional().describe('Trials whose right answer is known'),
  })
  .check(onlyOne('scale', 'answers'));

/** A rubric file as it is written. */
export type WrittenRubric = z.infer<typeof rubricSchema>;
