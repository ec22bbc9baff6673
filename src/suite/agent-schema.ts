import * as z from 'zod';
import { ON_KEY } from '../match/schema.ts';
import type { AgentKindSchema, FormatKey } from './kinds.ts';
import { optionalKeys } from './optional-keys.ts';
import { listWords } from './schema-message.ts';
import { scriptSchema } from './script-schema.ts';
import { filePath } from './text-schema.ts';

type Kind = Pick<AgentKindSchema, 'key' | 'schema' | 'words'>;

/** Where the models of an agent answer from; from the endpoints of the configuration unless one is given. */
const models = {
  script: scriptSchema
    .optional()
    .describe('What its models say, turn by turn, or the path of a file that holds it'),
  recording: filePath
    .optional()
    .describe('Recorded exchanges with its models, replayed offline, refreshed with --record'),
};

const tellOfModels: z.core.CheckFn<Record<string, unknown>> = ({ value, issues }) => {
  const given = Object.keys(models).filter((key) => Object.hasOwn(value, key));
  const tell = (message: string) =>
    issues.push({
      code: 'custom',
      message,
      input: value,
      path: [given.at(-1) ?? ''],
      params: ON_KEY,
    });
  if (given.length > 1) tell('Both script and recording are given: its models answer from one');
  else if (given.length === 1 && Object.hasOwn(value, 'replay')) {
    tell(`${given[0]} has no part in replay: no agent runs and no model is asked`);
  }
};

/** Builds the schema of one agent: exactly one kind key, and what may stand beside it. */
export function agentSchema(kinds: readonly Kind[], beside: readonly FormatKey[]): z.ZodType {
  const keys = kinds.map(({ key }) => key);
  const shape = kinds.map(({ key, schema, words }) => [key, schema.optional().describe(words)]);
  return z
    .strictObject({ ...Object.fromEntries(shape), ...models, ...optionalKeys(beside) })
    .check(tellOfModels)
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
