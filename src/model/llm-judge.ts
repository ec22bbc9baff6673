import * as z from 'zod';
import type { Trajectory } from './trajectory.ts';

/** How ballots become one answer. */
export const Agree = z.enum(['majority', 'all', 'any', 'mean']);
export type Agree = z.infer<typeof Agree>;

/** Where answers of judges come from: the recording and then the endpoints, the recording alone, nowhere. */
export const JudgeMode = z.enum(['live', 'recorded', 'off']);
export type JudgeMode = z.infer<typeof JudgeMode>;

/** One of the answers of a judge, or a value on its scale. */
export type JudgeAnswer = string | number;

/** The steps that a judge is shown; every condition that is given must hold. */
export interface StepFilter {
  /** Types such as `message` and `tool_call`; a call brings its result along. */
  readonly types?: readonly string[];
  /** Names of tools, `*` a wildcard: calls of others are left out. */
  readonly tools?: readonly string[];
  /** Names of actors. */
  readonly actors?: readonly string[];
  /** So many of what is left, from the start and from the end. */
  readonly first?: number;
  readonly last?: number;
}

/** What a judge sees of a trajectory beside what was asked: the final answer, all messages, every step, or some. */
export type Sees = 'answer' | 'conversation' | 'trajectory' | { readonly steps: StepFilter };

/** A worked example that a judge is shown. */
export interface JudgeExample {
  readonly given: string;
  readonly answer: JudgeAnswer;
  readonly reason?: string;
}

/** How many characters a judge is shown. */
export interface JudgeBudget {
  /** Of each tool result: what is longer loses its middle. */
  readonly result: number;
  /** In all: what is longer is not judged. */
  readonly total: number;
}

/** A trajectory whose right answer is known. */
export interface KnownTrial {
  readonly name: string;
  readonly trajectory: Trajectory;
  readonly answer: JudgeAnswer;
}

/** What is judged, in words, and where the words come from. */
export interface Rubric {
  readonly text: string;
  /** Name of a ready-made rubric or of a rubric file, null where the suite has the words itself. */
  readonly name: string | null;
  readonly version: string | null;
  readonly source: string | null;
}

/** An LLM judge of a suite, with every file read and every default filled in. */
export interface JudgeSpec {
  readonly name: string;
  /** One, or those of a panel. */
  readonly models: readonly string[];
  readonly rubric: Rubric;
  /** Lowest and highest value; null where it has answers. */
  readonly scale: readonly [number, number] | null;
  /** Answers by name with what they mean; null where it has a scale. */
  readonly answers: Readonly<Record<string, string>> | null;
  /** How often each model is asked. */
  readonly votes: number;
  readonly agree: Agree;
  readonly sees: Sees;
  /** What is judged one by one, null for the whole. */
  readonly each: 'tool_call' | null;
  readonly budget: JudgeBudget;
  /** A right answer to compare with, where all tasks share one. */
  readonly reference: string | null;
  /** What else it must know, such as the policy of the house. */
  readonly context: string | null;
  readonly examples: readonly JudgeExample[];
  readonly temperature: number;
  /** It may judge agents that run on one of its models. */
  readonly mayJudgeItself: boolean;
  /** Labels of people (absolute path) that it must agree with before it may gate. */
  readonly calibration: { readonly labels: string; readonly kappa: number | null } | null;
  /** How many known trials it is asked beside the real ones. */
  readonly canaries: number;
  readonly known: readonly KnownTrial[];
}

/** What an expectation wants of a judge; `is` lists the answers that hold. */
export interface Wanted {
  readonly at_least?: number;
  readonly at_most?: number;
  readonly is?: readonly string[];
  /** A right answer to compare with, in place of the judge's own. */
  readonly reference?: string;
}

const Answer = z.union([z.string(), z.number()]);

/** One answer of one model; null where it gave none that counts. */
export const Ballot = z.looseObject({
  model: z.string(),
  vote: z.int().positive().describe('From 1, for each model'),
  step: z.int().optional().describe('The step that was judged, where each is'),
  answer: Answer.nullable(),
  reason: z.string().describe('In the words of the model, or why there is no answer'),
  evidence: z.array(z.int()).describe('Steps that the model points at'),
  from: z.enum(['live', 'recorded', 'none']).describe('Where the answer comes from'),
  asked: z.int().describe('Exchanges that were needed: 2 after a re-ask, 0 from a recording'),
});
export type Ballot = z.infer<typeof Ballot>;

/** What the verdict of an LLM judge keeps as its details. */
export const JudgeDetails = z.looseObject({
  judge: z.string(),
  wanted: z.looseObject({
    at_least: z.number().optional(),
    at_most: z.number().optional(),
    is: z.array(z.string()).optional(),
  }),
  agree: Agree,
  answer: Answer.nullable().describe('What the ballots come to; null where they come to nothing'),
  holds: z.boolean().nullable().describe('Whether that is what is wanted'),
  ballots: z.array(Ballot),
  steps: z
    .array(
      z.looseObject({ step: z.int(), answer: Answer.nullable(), holds: z.boolean().nullable() }),
    )
    .optional()
    .describe('One by one, where each is judged'),
  flags: z.array(z.string()).optional().describe('What looked like an attempt to sway it'),
  withheld: z.string().optional().describe('Why its answer may not count'),
  cut: z.literal(true).optional().describe('Our own interruption came before its answer'),
  usage: z
    .looseObject({
      input_tokens: z.number(),
      output_tokens: z.number(),
      cost_usd: z.number().nullable().describe('null where a price is not known'),
    })
    .optional()
    .describe('Of what was asked live for this verdict'),
});
export type JudgeDetails = z.infer<typeof JudgeDetails>;
