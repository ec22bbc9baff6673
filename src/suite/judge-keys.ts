import * as z from 'zod';
import { Agree } from '../model/llm-judge.ts';
import { chosen } from './chosen.ts';
import type { FormatKey } from './kinds.ts';
import { mapOf } from './map-of.ts';
import { got } from './schema-message.ts';
import { filePath, name, text } from './text-schema.ts';
import { unfaulted } from './unfaulted.ts';

const stepFilter = z
  .strictObject({
    types: z
      .array(z.enum(['message', 'tool_call', 'approval', 'handoff', 'model']))
      .min(1)
      .optional()
      .describe('Types of steps; a call brings its result along'),
    tools: z.array(name).min(1).optional().describe('Names of tools, * a wildcard'),
    actors: z.array(name).min(1).optional().describe('Names of actors'),
    first: z.int().positive().optional().describe('So many of what is left, from the start'),
    last: z.int().positive().optional().describe('So many of what is left, from the end'),
  })
  .refine(
    (one) => Object.keys(one).length > 0,
    unfaulted('Give types, tools, actors, first or last; sees: trajectory shows every step'),
  );

const SEES = ['answer', 'conversation', 'trajectory'] as const;

/** A value on the scale of a judge, or one of its answers. */
export const answerSchema = chosen(
  (value) => {
    if (typeof value === 'string') return 0;
    return typeof value === 'number' ? 1 : `Expected an answer or a number, ${got(value)}`;
  },
  text,
  z.number(),
);

/** Keys that a rubric file may have as well as a judge. */
export const formKeys = {
  scale: z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low < high, unfaulted('Expected the lowest value and a higher one'))
    .refine(
      ([low, high]) => high - low !== Number.POSITIVE_INFINITY,
      unfaulted('Expected values that are less far apart'),
    )
    .optional()
    .describe('Lowest and highest value'),
  answers: mapOf(text, name)
    .refine((map) => Object.keys(map).length > 1, unfaulted('Expected two answers or more'))
    .optional()
    .describe('Answers by name, with what they mean; pass and fail unless given'),
  sees: chosen(
    (value) => (typeof value === 'string' ? 0 : 1),
    z.enum(SEES),
    z.strictObject({ steps: stepFilter.describe('Which steps; all that is given must hold') }),
  )
    .optional()
    .describe('What it is shown beside what was asked; the trajectory unless given'),
  each: z.literal('tool_call').optional().describe('What is judged one by one'),
};

/** Where a map says both of two keys that stand in for each other. */
export function onlyOne(one: string, other: string): z.core.CheckFn<Record<string, unknown>> {
  return ({ value, issues }) => {
    if (value[one] === undefined || value[other] === undefined) return;
    const message = `${one} and ${other} are both given, expected one of them`;
    issues.push({ code: 'custom', message, input: value, path: [other] });
  };
}

const judge = z
  .strictObject({
    model: text.optional().describe('Name of the model'),
    models: z.array(text).min(1).optional().describe('Names of the models of a panel'),
    rubric: text.describe('What is judged: a text, the path of a file, or a ready-made rubric'),
    ...formKeys,
    votes: z.int().positive().max(99).optional().describe('How often each model is asked; 1'),
    agree: Agree.optional().describe('How ballots become one answer'),
    budget: z
      .strictObject({
        result: z.int().positive().optional().describe('Of each tool result; 4000 unless given'),
        total: z.int().positive().optional().describe('In all; 400000 unless given'),
      })
      .optional()
      .describe('How many characters it is shown'),
    reference: text.optional().describe('A right answer to compare with, or the path of a file'),
    context: text.optional().describe('What else it must know, or the path of a file'),
    examples: z
      .array(
        z.strictObject({
          given: text.describe('What there is to judge'),
          answer: answerSchema.describe('The right answer'),
          reason: text.optional().describe('Why'),
        }),
      )
      .optional()
      .describe('Worked examples'),
    temperature: z.number().nonnegative().optional().describe('Temperature of the model; 0'),
    may_judge_itself: z.boolean().optional().describe('It may judge agents that run on its model'),
    calibration: z
      .strictObject({
        labels: filePath.describe('Labels of people'),
        kappa: z.number().min(-1).max(1).optional().describe('Least agreement with them'),
      })
      .optional()
      .describe('What it must agree with before it may gate'),
    canaries: z
      .int()
      .nonnegative()
      .optional()
      .describe('How many known trials it is asked beside the real ones'),
    known: filePath.optional().describe('Trajectories whose labels hold the right answers'),
  })
  .check(({ value, issues }) => {
    if (issues.length > 0 || value.model !== undefined || value.models !== undefined) return;
    const message = '"model" is missing, expected model or models';
    issues.push({ code: 'custom', message, input: value, path: ['model'] });
  })
  .check(onlyOne('model', 'models'), onlyOne('scale', 'answers'))
  .check(({ value: { models = [] }, issues }) => {
    for (const [index, model] of models.entries()) {
      if (models.indexOf(model) === index) continue;
      const message = `"${model}" is there twice; votes says how often each model is asked`;
      issues.push({ code: 'custom', message, input: model, path: ['models', index] });
    }
  });

/** A judge as it is written. */
export type WrittenJudge = z.infer<typeof judge>;

/** LLM judges by name, as a suite or a file of its own has them. */
export const judgesSchema = mapOf(judge, name);

/** The key that defines LLM judges. */
export const judgeKeys: readonly FormatKey[] = [
  {
    place: 'suite',
    key: 'judges',
    fragment: true,
    words: 'LLM judges by name',
    schema: judgesSchema,
  },
];
