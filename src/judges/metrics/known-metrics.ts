import * as z from 'zod';
import { showCall } from '../../match/show.ts';
import { objectOr } from '../one-or-list.ts';
import { type AdkMatch, adkMatches, adkToolTrajectory } from './adk-tool-trajectory.ts';
import {
  deepevalToolCorrectness,
  type ToolCorrectnessOptions,
} from './deepeval-tool-correctness.ts';
import type { Measured, Metric, Sides } from './metric.ts';
import { type Agreement, precisionRecall } from './precision-recall.ts';
import {
  type RagasVariant,
  ragasToolCallAccuracy,
  ragasVariants,
} from './ragas-tool-call-accuracy.ts';
import { turnsOf } from './turns.ts';

const ARGUMENTS = { args: true, output: false };
const MOST_SHOWN = 2;

const atLeast = z
  .number()
  .positive('Expected a number above 0: the score is the number anyway')
  .max(1)
  .optional()
  .describe('The least that passes; 1 unless given');
const threshold = (options: z.ZodRawShape = {}) =>
  objectOr(
    z.strictObject({ at_least: atLeast, ...options }),
    z.literal(true, { error: 'Expected true or a map such as { at_least: 0.8 }' }),
  );

function agreementMetric(figure: 'precision' | 'recall' | 'f1', words: string): Metric {
  return {
    name: `tool_call_${figure}`,
    words,
    schema: threshold(),
    compares: () => ARGUMENTS,
    measure: ({ expected, made, view }) => {
      const found = precisionRecall(expected, made);
      const steps = found.overlap.rightOnly.map((index) => view.calls[index]?.step ?? 0);
      return {
        value: found[figure],
        words: agreementWords(figure, found, { expected, made }),
        steps,
      };
    },
  };
}

function agreementWords(
  figure: keyof typeof shows,
  { overlap: { both, leftOnly, rightOnly } }: Agreement,
  { expected, made }: Pick<Sides, 'expected' | 'made'>,
): string {
  const parts: string[] = [];
  if (shows[figure].made) parts.push(`${both} of ${made.length} made are expected`);
  if (shows[figure].expected) parts.push(`${both} of ${expected.length} expected were made`);
  const list = (title: string, calls: Sides['made'], indexes: readonly number[]) => {
    const shown = indexes.slice(0, MOST_SHOWN).map((index) => {
      const call = calls[index];
      return call ? showCall(call.tool, call.args) : '';
    });
    if (indexes.length > MOST_SHOWN) shown.push(`${indexes.length - MOST_SHOWN} more`);
    if (shown.length > 0) parts.push(`${title} ${shown.join(', ')}`);
  };
  if (shows[figure].expected) list('missing', expected, leftOnly);
  if (shows[figure].made) list('not expected', made, rightOnly);
  return parts.join('; ');
}

/** Which side each figure is about. */
const shows = {
  precision: { made: true, expected: false },
  recall: { made: false, expected: true },
  f1: { made: true, expected: true },
} as const;

const adk: Metric = {
  name: 'adk_tool_trajectory',
  words: 'tool_trajectory_avg_score of Google ADK: 0 or 1 for each turn, and their mean',
  schema: threshold({
    match: z
      .enum(adkMatches)
      .optional()
      .describe('How the calls of a turn match; exact unless given'),
    ignore_args: z.boolean().optional().describe('true: only the names of tools count'),
  }),
  compares: ({ ignore_args }) => ({ args: ignore_args !== true, output: false }),
  measure: ({ turns, view }, { match = 'exact', ignore_args }): Measured | string => {
    const made = turnsOf(view);
    if (made.length !== turns.length) {
      return `The trajectory has ${counted(made.length)}, the reference ${counted(turns.length)}: give one list of calls for each turn`;
    }
    const value = adkToolTrajectory(turns, made, match as AdkMatch, ignore_args === true); // validated
    const matched = Math.round(value * turns.length);
    return { value, words: `${matched} of ${counted(turns.length)} ${match}` };
  },
};

function counted(turns: number): string {
  return turns === 1 ? '1 turn' : `${turns} turns`;
}

const deepeval: Metric = {
  name: 'deepeval_tool_correctness',
  words: 'ToolCorrectness of DeepEval',
  schema: threshold({
    match: z
      .enum(['any_order', 'in_order', 'exact'])
      .optional()
      .describe(
        'any_order unless given; in_order is should_consider_ordering, exact should_exact_match',
      ),
    params: z.boolean().optional().describe('true: arguments count too'),
    output: z.boolean().optional().describe('true: results count too'),
  }),
  compares: ({ params, output }) => ({ args: params === true, output: output === true }),
  measure: ({ expected, made }, options) => ({
    value: deepevalToolCorrectness(expected, made, options as ToolCorrectnessOptions), // validated
    words: sizes({ expected, made }),
  }),
};

const ragas: Metric = {
  name: 'ragas_tool_call_accuracy',
  words: 'ToolCallAccuracy of Ragas',
  schema: threshold({
    variant: z
      .enum(ragasVariants)
      .optional()
      .describe('How the names must line up; strict unless given'),
  }),
  compares: () => ARGUMENTS,
  measure: ({ expected, made }, { variant = 'strict' }) => ({
    value: ragasToolCallAccuracy(expected, made, variant as RagasVariant), // validated
    words: sizes({ expected, made }),
  }),
};

function sizes({ expected, made }: Pick<Sides, 'expected' | 'made'>): string {
  return `${expected.length} expected, ${made.length} made`;
}

/** Every metric, in the order in which their verdicts are shown. */
export const knownMetrics: readonly Metric[] = [
  agreementMetric('precision', 'Share of the calls made that are expected, arguments included'),
  agreementMetric('recall', 'Share of the expected calls that were made, arguments included'),
  agreementMetric('f1', 'Harmonic mean of precision and recall'),
  adk,
  deepeval,
  ragas,
];
