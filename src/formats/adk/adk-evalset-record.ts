import * as z from 'zod';
import { isObject } from '../../json/object.ts';
import { recordFault } from '../each-record.ts';
import { issueWords } from '../issue-words.ts';
import { AdkCall, AdkContent, AdkPart, AdkResponse } from './adk-content.ts';
import { snakeKeys } from './snake-keys.ts';

/** What happened between question and answer, in the older or the newer form. */
const Intermediate = z.looseObject({
  tool_uses: z.array(AdkCall).nullish().describe('Expected calls in order'),
  tool_responses: z.array(AdkResponse).nullish().describe('What the tools answered'),
  intermediate_responses: z
    .array(z.tuple([z.string(), z.array(AdkPart)]))
    .nullish()
    .describe('What agents said before the final response'),
  invocation_events: z
    .array(
      z.looseObject({
        author: z.string().nullish().describe('Agent that acted'),
        content: AdkContent.nullish().describe('What it said or did'),
      }),
    )
    .nullish()
    .describe('The newer form: events in order'),
});

/** One turn of a conversation. */
export const AdkInvocation = z.looseObject({
  user_content: AdkContent.describe('What the user said'),
  final_response: AdkContent.nullish().describe('What was answered in the end'),
  intermediate_data: Intermediate.nullish().describe('Calls on the way; none unless given'),
});
export type AdkInvocation = z.infer<typeof AdkInvocation>;

/** A case of an eval set: an expected conversation. */
export const AdkEvalCase = z.looseObject({
  eval_id: z.string().min(1, { error: 'a name' }).describe('Name of the case'),
  conversation: z.array(AdkInvocation).describe('Turns in order'),
});
export type AdkEvalCase = z.infer<typeof AdkEvalCase>;

const LegacyTurn = z.looseObject({
  query: z.string().describe('What the user said'),
  expected_tool_use: z
    .array(
      z.looseObject({
        tool_name: z.string().min(1, { error: 'a name' }).describe('Name of the tool'),
        tool_input: z
          .custom<Record<string, unknown>>(isObject, { error: 'an object' })
          .nullish()
          .describe('Arguments; none unless given'),
        mock_tool_output: z.unknown().optional().describe('What the tool answers'),
      }),
    )
    .nullish()
    .describe('Expected calls in order'),
  expected_intermediate_agent_responses: z
    .array(z.looseObject({ author: z.string().nullish(), text: z.string() }))
    .nullish()
    .describe('What agents said before the final response'),
  reference: z.string().nullish().describe('What is answered in the end'),
});

/** Checks a case. Throws `input_fault`. */
export function readEvalCase(value: unknown): AdkEvalCase {
  const evalCase = checked(AdkEvalCase, snakeKeys(value));
  if (evalCase.conversation.length > 0) return evalCase;
  throw recordFault('Its "conversation" is an empty list, expected a turn at least');
}

/** The case that the older form of a conversation says: a list of turns. Throws `input_fault`. */
export function legacyCase(id: string, turns: readonly unknown[]): AdkEvalCase {
  if (turns.length === 0) throw recordFault('It has no turns, expected one at least');
  const conversation = turns.map((turn, index) => {
    const at = turns.length > 1 ? `Turn ${index + 1}: ` : '';
    return legacyInvocation(checked(LegacyTurn, turn, at));
  });
  return { eval_id: id, conversation };
}

function legacyInvocation(turn: z.infer<typeof LegacyTurn>): AdkInvocation {
  const said = turn.expected_intermediate_agent_responses ?? [];
  return {
    user_content: { role: 'user', parts: [{ text: turn.query }] },
    ...(typeof turn.reference === 'string' && {
      final_response: { role: 'model', parts: [{ text: turn.reference }] },
    }),
    intermediate_data: {
      tool_uses: (turn.expected_tool_use ?? []).map(({ tool_name, tool_input }) => ({
        name: tool_name,
        args: tool_input ?? {},
      })),
      intermediate_responses: said.map(({ author, text }): [string, AdkPart[]] => [
        author ?? '',
        [{ text }],
      ]),
    },
  };
}

function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at = '',
): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (!success) throw recordFault(`${at}${issueWords(error, value)}`);
  return data;
}
