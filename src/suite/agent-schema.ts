import * as z from 'zod';
import type { AgentKindSchema, FormatKey } from './kinds.ts';
import { modelKeys, oneSource } from './model-keys.ts';
import { optionalKeys } from './optional-keys.ts';
import { listWords } from './schema-message.ts';

type Kind = Pick<AgentKindSchema, 'key' | 'schema' | 'words'>;

/** Builds the schema of one agent: exactly one kind key, and what may stand beside it. */
export function agentSchema(kinds: readonly Kind[], beside: readonly FormatKey[]): z.ZodType {
  const keys = kinds.map(({ key }) => key);
  const shape = kinds.map(({ key, schema, words }) => [key, schema.optional().describe(words)]);
  return z
    .strictObject({ ...Object.fromEntries(shape), ...modelKeys, ...optionalKeys(beside) })
    .check(oneSource)
    .check((context) => {
      const given = keys.filter((key) => Object.hasOwn(context.value, key));
      const explained = given.length === 0 && context.issues.length > 0;
      if (given.length === 1 || explained) return;
      const found = given.length === 0 ? 'got none' : `got ${given.join(' and ')}`;
      const message = `Expected exactly one kind of agent (${listWords(keys)}), ${found}`;
      context.issues.push({ code: 'custom', message, input: context.value });
    })
    .meta({ oneOf: keys.map((key) => ({ required: [key] })) });
}
