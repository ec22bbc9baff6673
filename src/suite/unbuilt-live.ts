import * as z from 'zod';
import { matcherSchema } from '../match/schema.ts';
import { chosen } from './chosen.ts';
import type { FileAt } from './kinds.ts';
import { mapOf } from './map-of.ts';
import { filePath, isFilePath, text, withoutFragment } from './text-schema.ts';
import type { UnbuiltKey } from './unbuilt-key.ts';

const owner = 'live agents';
const listOrMap = (value: unknown) => (Array.isArray(value) ? 0 : 1);

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
