import * as z from 'zod';
import type { Effect, Tool, Tools } from '../model/tool.ts';
import { firstSentence } from './first-sentence.ts';
import { isSuiteName } from './suite-names.ts';

/** The schema of a function in the form of OpenAI. */
export const FunctionSchema = z.looseObject({
  function: z.looseObject({
    name: z
      .string()
      .refine(isSuiteName, { error: 'a name without control characters' })
      .describe('Name of the tool'),
    description: z.string().optional().describe('What the tool is for'),
    parameters: z.record(z.string(), z.unknown()).optional().describe('JSON Schema of arguments'),
  }),
});
type FunctionSchema = z.infer<typeof FunctionSchema>;

/** Tools of function schemas, with the effect that their source says they have, if it does. */
export function functionTools<Schema extends FunctionSchema>(
  schemas: readonly Schema[],
  effectOf?: (schema: Schema) => Effect,
): Tools {
  const tools: Record<string, Tool> = Object.create(null);
  for (const schema of schemas) {
    const { name, description, parameters } = schema.function;
    tools[name] = {
      ...(description && { description: firstSentence(description) }),
      ...(parameters && { input: parameters }),
      ...(effectOf && { effect: effectOf(schema) }),
    };
  }
  return tools;
}
