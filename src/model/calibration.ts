import * as z from 'zod';

const Bounds = z.looseObject({ lower: z.number(), upper: z.number() });

/** How far one judge, held to one requirement, agrees with people. Positive is: the person says that it holds. */
export const CalibrationEntry = z.looseObject({
  judge: z.string(),
  wanted: z.looseObject({
    at_least: z.number().optional(),
    at_most: z.number().optional(),
    is: z.array(z.string()).optional(),
  }),
  /** SHA-256 of what makes the judge: rubric, models, parameters. */
  digests: z.looseObject({
    rubric: z.string(),
    models: z.string(),
    settings: z.string(),
    labels: z.string(),
  }),
  labels: z.string().describe('Path of the labels, relative to the record'),
  per_step: z.literal(true).optional().describe('Its items are steps: they say nothing of trials'),
  items: z.int().describe('Labelled items that the judge decided'),
  errors: z.int().describe('Labelled items that the judge did not decide: they count for nothing'),
  unsure: z.int().describe('Items that people were unsure of, or disagreed about'),
  unjudged: z.int().describe('Labels without a verdict of the judge'),
  matrix: z.looseObject({
    true_positive: z.int().min(0),
    false_positive: z.int().min(0),
    false_negative: z.int().min(0),
    true_negative: z.int().min(0),
  }),
  accuracy: z.number().nullable(),
  kappa: z.number().nullable().describe('Cohen’s; null where it is not defined'),
  kappa_interval: Bounds.nullable().describe('Bootstrap over items, 95 %'),
  sensitivity: z.number().nullable(),
  specificity: z.number().nullable(),
  flips: z.looseObject({ changed: z.int(), of: z.int() }).describe('Items whose votes differ'),
});
export type CalibrationEntry = z.infer<typeof CalibrationEntry>;

/** `<suite>.calibration.json`: what `agentops calibrate` found, beside the suite. */
export const CalibrationRecord = z.looseObject({
  schema_version: z.literal(1),
  suite: z.string(),
  at: z.string().describe('ISO time'),
  judges: z.array(CalibrationEntry),
});
export type CalibrationRecord = z.infer<typeof CalibrationRecord>;
