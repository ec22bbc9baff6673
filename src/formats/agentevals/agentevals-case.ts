import * as z from 'zod';
import { readRecord } from '../read-record.ts';

const Messages = z
  .union([z.array(z.unknown()), z.looseObject({ messages: z.array(z.unknown()) })])
  .nullish();

const ArgsMode = z.enum(['exact', 'ignore', 'subset', 'superset']);
export type ArgsMode = z.infer<typeof ArgsMode>;

/** One case of a list for LangChain's agentevals: what an agent did, what was wanted, and how the two are compared. */
export const AgentevalsCase = z.looseObject({
  test: z.string().nullish().describe('Name of the test that the case comes from'),
  options: z
    .looseObject({
      trajectory_match_mode: z
        .enum(['strict', 'unordered', 'subset', 'superset'])
        .nullish()
        .describe('How the calls compare; strict unless given'),
      tool_args_match_mode: ArgsMode.nullish().describe(
        'How their arguments do; exact unless given',
      ),
      tool_args_match_overrides: z
        .record(z.string(), z.union([ArgsMode, z.array(z.string()), z.looseObject({}), z.null()]))
        .nullish()
        .describe('The same by tool; a list names the arguments that count'),
    })
    .nullish()
    .describe('Settings of the evaluator'),
  outputs: Messages.describe('Messages of the agent'),
  reference_outputs: Messages.describe('Messages that were wanted'),
  expected: z.looseObject({}).nullish().describe('What agentevals answers'),
  expected_fields: z.looseObject({}).nullish().describe('Part of what it answers'),
});
export type AgentevalsCase = z.infer<typeof AgentevalsCase>;
export type AgentevalsOptions = NonNullable<AgentevalsCase['options']>;

/** Checks one parsed case. Throws `input_fault`. */
export function readAgentevalsCase(value: unknown): AgentevalsCase {
  return readRecord(AgentevalsCase, value);
}
