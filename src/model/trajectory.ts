import * as z from 'zod';
import { Stop } from './status.ts';

const stepFields = {
  at_ms: z.number().optional().describe('Milliseconds since the start of the trial'),
  actor: z.string().optional().describe('Named sub-agent that acted, or `user`'),
  turn: z.union([z.number(), z.string()]).optional().describe('Turn that the source gave the step'),
  parallel: z.string().optional().describe('Shared by calls that were issued together'),
  origin: z.enum(['observed', 'inferred']).optional().describe('Whether the step was seen'),
};

/** A piece of content that is not plain text, kept as its source typed it. */
export const ContentPart = z.looseObject({
  type: z.string().describe('Kind of the part; `text` and `reasoning` are known'),
  text: z.string().optional().describe('Text of a `text` or `reasoning` part'),
});
export type ContentPart = z.infer<typeof ContentPart>;

/** Something said, by whoever. */
export const MessageStep = z.looseObject({
  type: z.literal('message'),
  role: z.enum(['user', 'assistant', 'system', 'developer']).describe('Who spoke'),
  content: z
    .union([z.string(), z.array(ContentPart), z.null()])
    .describe('Text, or typed parts; null where nothing was said'),
  ...stepFields,
});

/** An attempt to use a tool; arguments that are not there are said, never `{}`. */
export const ToolCallStep = z.looseObject({
  type: z.literal('tool_call'),
  id: z
    .string()
    .nullish()
    .describe('Pairs the call with its result; may be used again once answered'),
  tool: z.string().describe('Name of the tool'),
  args: z.unknown().optional().describe('Arguments, a JSON value'),
  args_missing: z
    .enum(['not_captured', 'redacted', 'unparsable'])
    .optional()
    .describe('Why there are no arguments'),
  args_raw: z.string().optional().describe('Arguments as text where they could not be parsed'),
  ...stepFields,
});

/** What a call came back with: `result`, or `error`, or `blocked`. */
export const ToolResultStep = z.looseObject({
  type: z.literal('tool_result'),
  id: z.string().nullish().describe('Id of the call that it answers'),
  tool: z.string().nullish().describe('Tool that answered, for pairing where the id is blank'),
  result: z.unknown().optional().describe('What the tool answered'),
  error: z
    .union([z.looseObject({}), z.string()])
    .nullish()
    .describe('What went wrong; `{ "unknown": true }` where the source cannot tell'),
  blocked: z.union([z.string(), z.boolean()]).nullish().describe('What stopped the call'),
  ...stepFields,
});

/** A person's decision about a call. */
export const ApprovalStep = z.looseObject({
  type: z.literal('approval'),
  id: z.string().nullish().describe('Id of the call that the decision is about'),
  decision: z
    .enum(['approve', 'modify', 'deny', 'terminate', 'expire'])
    .describe('What was decided'),
  by: z.string().optional().describe('Who decided'),
  args: z.unknown().optional().describe('With `modify`: the arguments that the call ran with'),
  reason: z.string().nullish().describe('Why'),
  asked: z
    .string()
    .optional()
    .describe('Id of the earlier call with which the agent asked for it, by the approval tool'),
  asked_args: z
    .unknown()
    .optional()
    .describe('Arguments that were asked about, of a request made before its call'),
  asked_before: z
    .literal(true)
    .optional()
    .describe('Nobody was asked anew: an earlier step has the request that was decided so'),
  ...stepFields,
});

/** Control passed from one actor to another. */
export const HandoffStep = z.looseObject({
  type: z.literal('handoff'),
  from: z.string().describe('Actor that gave control away'),
  to: z.string().describe('Actor that took it'),
  ...stepFields,
});

/** One exchange with a model. */
export const ModelStep = z.looseObject({
  type: z.literal('model'),
  model: z.string().optional().describe('Name of the model'),
  usage: z
    .looseObject({
      input_tokens: z.number().nonnegative().optional().describe('Tokens read'),
      output_tokens: z.number().nonnegative().optional().describe('Tokens written'),
      cached_tokens: z
        .number()
        .nonnegative()
        .optional()
        .describe('Part of the input that was cached'),
    })
    .nullish()
    .describe('Tokens of the exchange'),
  cost_usd: z.number().nonnegative().nullish().describe('Cost in US dollars'),
  ...stepFields,
});

/** A step that another tool wrote for itself: kept and ignored. */
export const ExtraStep = z.looseObject({
  type: z.templateLiteral(['x-', z.string()]),
});

/** One element of a trajectory. */
export const Step = z.union([
  z.discriminatedUnion('type', [
    MessageStep,
    ToolCallStep,
    ToolResultStep,
    ApprovalStep,
    HandoffStep,
    ModelStep,
  ]),
  ExtraStep,
]);
export type MessageStep = z.infer<typeof MessageStep>;
export type ToolCallStep = z.infer<typeof ToolCallStep>;
export type ToolResultStep = z.infer<typeof ToolResultStep>;
export type ApprovalStep = z.infer<typeof ApprovalStep>;
export type HandoffStep = z.infer<typeof HandoffStep>;
export type ModelStep = z.infer<typeof ModelStep>;
export type ExtraStep = z.infer<typeof ExtraStep>;
export type Step = z.infer<typeof Step>;

/** What is known once the last step was taken. */
export const TrajectoryEnd = z.looseObject({
  stop: Stop.nullable().describe('How it ended; null where that is not known'),
  limit: z.string().nullish().describe('Ceiling that was reached, with `stop: limit`'),
  world: z.unknown().optional().describe('Final state of the world'),
  calls: z
    .enum(['captured', 'not_captured'])
    .optional()
    .describe('`not_captured` where nobody watched the calls'),
});
export type TrajectoryEnd = z.infer<typeof TrajectoryEnd>;

/** The ordered record of a trial: one line of a `*.trajectories.jsonl` file. */
export const Trajectory = z.looseObject({
  schema_version: z.literal(1).describe('Version of this record'),
  suite: z.string().nullish().describe('Suite that the record belongs to'),
  task: z.string().describe('Task that was executed'),
  agent: z.string().describe('Agent that executed it'),
  trial: z.int().positive().describe('Number of the trial, from 1'),
  attack: z.string().nullish().describe('Attack that was mounted, null for none'),
  steps: z.array(Step).describe('What happened, in order'),
  ...TrajectoryEnd.shape,
  labels: z.looseObject({}).nullish().describe('Verdicts of others, such as people'),
  source: z.looseObject({}).nullish().describe('Where an imported record comes from'),
});
export type Trajectory = z.infer<typeof Trajectory>;
