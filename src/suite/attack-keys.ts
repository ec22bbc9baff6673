import * as z from 'zod';
import { chosen } from './chosen.ts';
import type { FormatKey } from './kinds.ts';
import { mapOf } from './map-of.ts';
import { name, text } from './text-schema.ts';

const inject = z.strictObject({
  tool: name.describe('Tool in whose result the text is planted'),
  into: z.string().describe('JSON Pointer into the result'),
  mode: z.enum(['append', 'prepend', 'replace']).optional().describe('How it is planted'),
  text: text.describe('The text'),
});

/** The attacks of a suite, or of a file of its own, by name. */
export function attacksSchema(expect: z.ZodType): z.ZodType {
  const attack = z.strictObject({
    inject: inject.describe('What is planted where'),
    goal: expect.describe('What the author of the attack wants'),
  });
  return mapOf(attack, name);
}

/** Keys of attacks. */
export function attackKeys(expect: z.ZodType): readonly FormatKey[] {
  return [
    {
      place: 'suite',
      key: 'attacks',
      fragment: true,
      words: 'Text planted in results of tools, with the goal of its author',
      schema: attacksSchema(expect),
    },
    {
      place: 'task',
      key: 'attacks',
      words: 'Attacks that the task runs with: none, or a list of names',
      schema: chosen(
        (value) => (typeof value === 'string' ? 0 : 1),
        z.literal('none'),
        z.array(name).min(1),
      ),
    },
  ];
}
