import * as z from 'zod';

/** A call that a scripted model asks for: a tool's name, `{ tool: arguments }`, or `{ tool, args, id }`. */
export const ScriptedCall = z.union([z.string(), z.record(z.string(), z.unknown())]);
export type ScriptedCall = z.infer<typeof ScriptedCall>;

const tokens = z.int().nonnegative();

/** What a scripted model does in one exchange. */
export const ScriptedTurn = z.strictObject({
  say: z.string().optional().describe('Text for the user'),
  calls: z.array(ScriptedCall).optional().describe('Tools that it calls, side by side'),
  error: z
    .strictObject({
      status: z.int().min(400).max(599).describe('HTTP status'),
      message: z.string().describe('What went wrong'),
      code: z.string().optional().describe('Code of the error'),
      retry_after: z.number().nonnegative().optional().describe('Seconds until another attempt'),
    })
    .optional()
    .describe('The error that the endpoint answers with'),
  when: z
    .unknown()
    .optional()
    .describe('Requests that it answers: model, system, user, tools, results, turn'),
  uses: z
    .int()
    .positive()
    .optional()
    .describe('How often it answers; once unless given, and with `when` always'),
  usage: z
    .strictObject({
      input_tokens: tokens.describe('Tokens read, cached ones included'),
      output_tokens: tokens.describe('Tokens written'),
      cached_tokens: tokens.optional().describe('Part of the input that was cached'),
    })
    .optional()
    .describe('Tokens of the exchange; none unless given'),
  cost_usd: z
    .number()
    .nonnegative()
    .optional()
    .describe('Cost in US dollars; that of `usage` unless given'),
  model: z.string().optional().describe('Model that answers; the one that was asked unless given'),
  delay_ms: z.number().nonnegative().optional().describe('Milliseconds before it answers'),
});
export type ScriptedTurn = z.infer<typeof ScriptedTurn>;

/** The turns of a scripted model in their order; a text is what it says. */
export type ScriptTurns = readonly (string | ScriptedTurn)[];

/** Turns for every task, or by task, with `*` for all others. */
export type Script = ScriptTurns | Readonly<Record<string, ScriptTurns>>;

/** What a `when` of a script can ask of a request. */
export const scriptedRequestKeys = ['model', 'system', 'user', 'tools', 'results', 'turn'] as const;
