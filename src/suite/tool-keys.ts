import * as z from 'zod';
import { isObject } from '../json/object.ts';
import { matcherSchema } from '../match/schema.ts';
import { MockEntry } from '../model/tool.ts';
import { chosen } from './chosen.ts';
import type { FormatKey } from './kinds.ts';
import { mapOf } from './map-of.ts';
import { filePath } from './text-schema.ts';

const entry = MockEntry.extend({
  when: matcherSchema.optional().describe('Arguments that it answers; all unless given'),
}).check(({ value, issues }) => {
  if (value.error === undefined || !Object.hasOwn(value, 'result')) return;
  const message = 'An entry has a result or an error, not both';
  issues.push({ code: 'custom', message, path: ['error'], input: value });
});

const reference = z.string().regex(/^(agent|\.\.?\/[^#]+\.[cm]?[jt]s(#[\w$]+)?)$/, {
  error:
    'A mock in code is written ./file.ts#name, a tool that the agent runs itself "agent"; recorded answers stand under { recording: ./file.jsonl }',
});

function pick(value: unknown): number | string {
  if (typeof value === 'string') return 0;
  if (Array.isArray(value)) return 1;
  return isObject(value)
    ? 2
    : 'Expected a list of answers, a function ./file.ts#name, or { recording: ./file.jsonl }';
}

/** Scripted answers as a suite has them. */
const mockSchema = chosen(
  pick,
  reference,
  z.array(entry).min(1),
  z.strictObject({
    recording: filePath.describe('Keyed by tool, canonical arguments and nth call'),
  }),
);

/** The state of a world, inline or as the whole of a file. */
export const worldSchema = mapOf(z.unknown());

const world = {
  key: 'world',
  words: 'Initial state that stateful mocks read and write',
  fragment: true,
  schema: worldSchema,
} as const;

/** Keys of mocked tools and of the world that they share. */
export const toolKeys: readonly FormatKey[] = [
  {
    place: 'tool',
    key: 'mock',
    words:
      'Scripted answers: a list, a function ./file.ts#name, or a recording; agent where the agent runs the tool itself',
    schema: mockSchema,
  },
  { place: 'suite', ...world },
  { place: 'task', ...world },
];
