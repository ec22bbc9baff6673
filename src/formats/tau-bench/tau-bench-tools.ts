import * as z from 'zod';
import type { Tool, Tools } from '../../model/tool.ts';
import { firstSentence } from '../first-sentence.ts';
import { readSideFile } from '../side-file.ts';
import { isSuiteName } from '../suite-names.ts';

const FunctionSchemas = z.array(
  z.looseObject({
    function: z.looseObject({
      name: z
        .string()
        .refine(isSuiteName, { error: 'a name without control characters' })
        .describe('Name of the tool'),
      description: z.string().optional().describe('What the tool is for'),
      parameters: z.record(z.string(), z.unknown()).optional().describe('JSON Schema of arguments'),
    }),
    'x-write': z.boolean().describe('Whether the tool changes the database'),
  }),
);

/** Reads the tools of a domain: OpenAI function schemas with `x-write`. Throws `input_fault` or `disk_fault`. */
export async function readTauBenchTools(file: string): Promise<Tools> {
  const tools: Record<string, Tool> = Object.create(null);
  for (const { function: schema, 'x-write': writes } of await readSideFile(file, FunctionSchemas)) {
    const { name, description, parameters } = schema;
    tools[name] = {
      ...(description && { description: firstSentence(description) }),
      ...(parameters && { input: parameters }),
      effect: writes ? 'write' : 'read',
    };
  }
  return tools;
}
