import * as z from 'zod';
import { isObject } from '../json/object.ts';
import { ON_KEY } from '../match/schema.ts';
import { templateNames } from './attack-templates.ts';
import { chosen } from './chosen.ts';
import type { FormatKey } from './kinds.ts';
import { mapOf } from './map-of.ts';
import { fileOr, filePath, name, text } from './text-schema.ts';

const SOURCES = ['text', 'template', 'payloads'] as const;

const templates = chosen(
  (value) => (Array.isArray(value) ? 1 : 0),
  z.enum([...templateNames, 'all']),
  z.array(z.enum(templateNames)).min(1),
);

const injection = z
  .strictObject({
    tool: name.describe('Tool in whose result the text is planted; * is a wildcard'),
    into: z
      .string()
      .regex(/^(?:\/(?:[^~/]|~[01])*)*$/, {
        error: 'Expected a JSON Pointer such as /0/body, or "" for the whole',
      })
      .optional()
      .describe('JSON Pointer into the result, * for each of a list; the whole unless given'),
    mode: z
      .enum(['append', 'prepend', 'replace'])
      .optional()
      .describe('How it is planted; append unless given'),
    text: text.optional().describe('The text, as it stands'),
    template: templates.optional().describe('Known wordings, one, several or all'),
    payloads: filePath
      .regex(/\.(ya?ml|json|jsonl|txt)$/, { error: 'Expected a .yaml, .json, .jsonl or .txt file' })
      .optional()
      .describe('File of texts, each an attack of its own'),
    instruction: text.optional().describe('What the text tells the agent to do'),
    user: text.optional().describe('Name of the user, for texts that give it'),
    model: text
      .optional()
      .describe('Name of the model, for texts that give it; that of the agent unless given'),
  })
  .check(({ value, issues }) => {
    const given = SOURCES.filter((key) => value[key] !== undefined);
    const misspelt = issues.some(({ code }) => code === 'unrecognized_keys');
    const tell = (message: string, key?: string) =>
      issues.push({
        code: 'custom',
        message,
        input: value,
        ...(key !== undefined && { path: [key], params: ON_KEY }),
      });
    if (given.length === 0 && !misspelt) tell(`Give one of ${SOURCES.join(', ')}`);
    if (given.length > 1) {
      tell(`${given.join(' and ')} are given, expected one of them`, given[1]);
    }
    if (given.length !== 1) return;
    if (given[0] === 'template' && value.instruction === undefined && !misspelt) {
      tell('"instruction" is missing: a template needs one');
    }
    if (given[0] !== 'text') return;
    for (const key of ['instruction', 'user', 'model'] as const) {
      if (value[key] === undefined) continue;
      tell(`"${key}" stands with template and payloads only: text is planted as it stands`, key);
    }
  });

/** What is planted where, as it is written and validated. */
export type WrittenInjection = z.infer<typeof injection> & {
  readonly template?: string | readonly string[];
};

/** A payload as it stands in a file: a text, or one with a name of its own. */
export const payloadSchema = chosen(
  (value) => (isObject(value) ? 1 : 0),
  text,
  z.strictObject({ id: name, text }),
);

/** The attacks of a suite, or of a file of its own, by name. */
function attacksSchema(expect: z.ZodType): z.ZodType {
  const attack = z.strictObject({
    description: z.string().optional().describe('What it is about'),
    inject: chosen((value) => (Array.isArray(value) ? 1 : 0), injection, z.array(injection).min(1))
      .optional()
      .describe('What is planted where; without it only recordings carry the attack'),
    goal: fileOr(expect).describe('What the author of the attack wants'),
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
      words: 'Attacks that the task runs with beside the task alone, all of the suite unless given',
      schema: chosen(
        (value) => (typeof value === 'string' ? 0 : isObject(value) ? 2 : 1),
        z.literal('none'),
        z.array(name).min(1),
        z.strictObject({
          only: z.array(name).min(1).describe('The task is not run alone'),
        }),
      ),
    },
  ];
}
