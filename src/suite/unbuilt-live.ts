import * as z from 'zod';
import { chosen } from './chosen.ts';
import type { FileAt } from './kinds.ts';
import { mapOf } from './map-of.ts';
import { filePath, isFilePath, name, text, withoutFragment } from './text-schema.ts';
import type { UnbuiltKey } from './unbuilt-key.ts';

const owner = 'live agents';
const program = z.array(text).min(1);
const listOrMap = (value: unknown) => (Array.isArray(value) ? 0 : 1);

/** Agent kinds that run something. */
export const unbuiltAgentKinds: readonly UnbuiltKey[] = [
  {
    place: 'kind',
    key: 'chat',
    owner,
    words: 'A model in the tool-calling loop of agentops',
    schema: z.strictObject({
      model: text.describe('Name of the model'),
      system: text.optional().describe('System prompt, or the path of a file that holds it'),
      temperature: z.number().nonnegative().optional().describe('Temperature of the model'),
    }),
    files: (value) => fileUnder(value, 'system'),
  },
  {
    place: 'kind',
    key: 'command',
    owner,
    words: 'A program, started in the folder of the suite',
    schema: chosen(
      listOrMap,
      program,
      z.strictObject({
        run: program.describe('The program and its arguments'),
        protocol: z.enum(['lines', 'none']).optional().describe('How it speaks on stdout'),
        prompt: z.enum(['stdin', 'argument']).optional().describe('How it is given the input'),
        env: z.array(name).optional().describe('Names of variables that it is given'),
        cwd: text.optional().describe('Folder that it is started in'),
      }),
    ),
  },
  {
    place: 'kind',
    key: 'http',
    owner,
    words: 'An agent behind an HTTP endpoint',
    schema: z.strictObject({
      url: text.describe('Address of the endpoint'),
      headers: mapOf(z.strictObject({ env: name.describe('Name of a variable') }), name)
        .optional()
        .describe('Headers, whose values come from the environment'),
    }),
  },
  {
    place: 'kind',
    key: 'module',
    owner,
    words: 'An exported function (task, context) => answer',
    schema: filePath,
    files: (value) => [{ path: [], file: withoutFragment(String(value)) }],
  },
];

/** Keys beside the agent kinds that only live agents need. */
export function unbuiltLiveKeys(expect: z.ZodType): readonly UnbuiltKey[] {
  const turn = z.strictObject({
    user: text.describe('What the user says'),
    expect: expect.optional().describe('What must hold after this turn'),
  });
  return [
    {
      place: 'agent',
      key: 'recording',
      owner,
      words: 'Recorded exchanges, replayed offline',
      schema: filePath,
      files: (value) => [{ path: [], file: String(value), later: true }],
    },
    {
      place: 'task',
      key: 'conversation',
      owner,
      words: 'What the user says, turn by turn',
      schema: z.array(chosen((value) => (typeof value === 'string' ? 0 : 1), text, turn)).min(1),
    },
    {
      place: 'task',
      key: 'user',
      owner,
      words: 'An LLM that plays the user',
      schema: z.strictObject({ simulate: z.looseObject({}).describe('How it plays') }),
    },
  ];
}

/** The file that a key of a map names, if it names one. */
function fileUnder(value: unknown, key: string): FileAt[] {
  const named = (value as Record<string, unknown>)[key]; // a validated value, or one of another variant
  return isFilePath(named) ? [{ path: [key], file: named }] : [];
}
