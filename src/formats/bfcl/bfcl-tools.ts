import * as z from 'zod';
import { canonicalJson } from '../../json/canonical.ts';
import { isObject } from '../../json/object.ts';
import type { Tool, Tools } from '../../model/tool.ts';
import { firstSentence } from '../first-sentence.ts';

/** What is known of a function, in the dialect of BFCL. */
export const BfclFunction = z.looseObject({
  name: z
    .string()
    .regex(/^[^*\p{Cc}]+$/u, { error: 'a name without * and control characters' })
    .describe('Name of the function'),
  description: z.string().optional().describe('What it is for'),
  parameters: z
    .looseObject({
      properties: z
        .record(
          z.string(),
          z.looseObject({ type: z.string().optional().describe('Type of the argument') }),
        )
        .optional()
        .describe('Arguments, in the order in which they can be given by position'),
      required: z.array(z.string()).nullish().describe('Names of those that must be given'),
    })
    .describe('Its arguments'),
});
export type BfclFunction = z.infer<typeof BfclFunction>;

/** The name of a tool: many models take no dots, and their results have `_` for each. */
export function toolNameOf(name: string): string {
  return name.replaceAll('.', '_');
}

/** Tools that functions stand for; where two of one name differ, their arguments are left open. */
export function bfclTools(functions: Iterable<BfclFunction>): Tools {
  const tools = new Map<string, Tool>();
  for (const { name: dotted, description, parameters } of functions) {
    const name = toolNameOf(dotted);
    const input = schemaOf({ ...parameters, type: 'dict' });
    const known = tools.get(name);
    if (known === undefined) {
      tools.set(name, { ...(description && { description: firstSentence(description) }), input });
    } else if (known.input && canonicalJson(known.input) !== canonicalJson(input)) {
      const { input: _, ...open } = known;
      tools.set(name, open);
    }
  }
  return Object.fromEntries(tools);
}

const TYPES: Readonly<Record<string, string>> = {
  ...{ string: 'string', integer: 'integer', float: 'number', boolean: 'boolean' },
  ...{ array: 'array', tuple: 'array', dict: 'object' },
};

/** A schema of that dialect as JSON Schema, its types and names. */
function schemaOf(source: unknown): Record<string, unknown> {
  if (!isObject(source)) return {};
  const { type: named, properties, items, required } = source;
  const type = typeof named === 'string' && Object.hasOwn(TYPES, named) ? TYPES[named] : undefined;
  if (type === 'array') return { type, ...(isObject(items) && { items: schemaOf(items) }) };
  if (type !== 'object' || !isObject(properties)) return type === undefined ? {} : { type };
  const needed = Array.isArray(required)
    ? required.filter((key) => typeof key === 'string' && Object.hasOwn(properties, key))
    : [];
  return {
    type,
    properties: Object.fromEntries(
      Object.entries(properties).map(([key, inner]) => [key, schemaOf(inner)]),
    ),
    ...(needed.length > 0 && { required: [...new Set(needed)] }),
  };
}
