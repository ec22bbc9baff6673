import * as z from 'zod';
import { matcherSchema } from '../match/schema.ts';
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

const mockEntry = z.strictObject({
  uses: z.int().positive().optional().describe('How often it answers; always unless given'),
  when: matcherSchema.optional().describe('Arguments that it answers; all unless given'),
  result: z.unknown().optional().describe('What the tool answers'),
  error: z
    .strictObject({
      code: text.optional().describe('Code of the error'),
      message: text.optional().describe('Message of the error'),
    })
    .optional()
    .describe('The error that the tool answers with'),
  delay_ms: z.number().nonnegative().optional().describe('Milliseconds before it answers'),
});

const mock: UnbuiltKey = {
  place: 'tool',
  key: 'mock',
  owner,
  words: 'Scripted answers: a list, a function ./file.ts#name, or a recording',
  schema: chosen(
    (value) => (typeof value === 'string' ? 0 : 1 + listOrMap(value)),
    filePath,
    z.array(mockEntry).min(1),
    z.strictObject({
      recording: filePath.describe('Keyed by tool, canonical arguments and nth call'),
    }),
  ),
  files: (value) => {
    if (typeof value === 'string') return [{ path: [], file: withoutFragment(value) }];
    return fileUnder(value, 'recording').map((file) => ({ ...file, later: true }));
  },
};

/** Keys beside the agent kinds that only live agents need. */
export function unbuiltLiveKeys(): readonly UnbuiltKey[] {
  const world = {
    key: 'world',
    owner,
    fragment: true,
    schema: mapOf(z.unknown()),
  } as const;
  const words = 'Initial state that stateful mocks read and write';
  return [
    {
      place: 'agent',
      key: 'recording',
      owner,
      words: 'Recorded exchanges, replayed offline',
      schema: filePath,
      files: (value) => [{ path: [], file: String(value), later: true }],
    },
    mock,
    { place: 'suite', words, ...world },
    { place: 'task', words, ...world },
  ];
}

/** The file that a key of a map names, if it names one. */
function fileUnder(value: unknown, key: string): FileAt[] {
  const named = (value as Record<string, unknown>)[key]; // a validated value, or one of another variant
  return isFilePath(named) ? [{ path: [key], file: named }] : [];
}
