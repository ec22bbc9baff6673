import * as z from 'zod';

const Count = z.number().nonnegative();

/** Whose ballot an exchange is for: what tells one from another where what was asked has changed. */
const AskedAbout = z.looseObject({
  judge: z.string(),
  suite: z.string().nullable(),
  task: z.string().describe('`canary:<name>` for a known trial'),
  agent: z.string(),
  attack: z.string().nullable(),
  trial: z.int().positive(),
  step: z.int().nonnegative().nullable().describe('The step that was judged, where each is'),
  model: z.string(),
  vote: z.int().positive(),
  attempt: z.int().positive().describe('2 is the re-ask after an answer that was no verdict'),
  parts: z
    .record(z.string(), z.string())
    .describe('Short digests of what was asked, to tell what has changed'),
});
export type AskedAbout = z.infer<typeof AskedAbout>;

/** What a ballot keeps where what is asked, or the model, changes. */
export type BallotName = Pick<
  AskedAbout,
  'judge' | 'task' | 'agent' | 'attack' | 'trial' | 'step' | 'vote' | 'attempt'
>;

/** One exchange with the model of a judge: a line of a `*.judges.jsonl` file. Where its keys stand in this order, those before the nonce are read without the rest. */
export const JudgeExchange = z.looseObject({
  schema_version: z.literal(1),
  key: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of everything that was asked'),
  ...AskedAbout.shape,
  nonce: z.string().describe('What the answer had to echo'),
  text: z.string().nullable().describe('The answer, unread; null where there is none'),
  refusal: z.string().nullable(),
  cut_off: z.boolean().describe('The model ran out of tokens'),
  usage: z.looseObject({ input_tokens: Count, output_tokens: Count }).nullable(),
  cost_usd: Count.nullable().describe('null where no price is known'),
  flags: z.array(z.string()).describe('What looked like an attempt to sway the judge'),
  request: z.unknown().optional().describe('What was posted, for people'),
  response: z.unknown().optional().describe('What came back, for people'),
});
export type JudgeExchange = z.infer<typeof JudgeExchange>;

/** What is read of an answer that was recorded. */
export type RecordedAnswer = Pick<
  JudgeExchange,
  'key' | 'nonce' | 'text' | 'refusal' | 'cut_off' | 'flags'
>;
