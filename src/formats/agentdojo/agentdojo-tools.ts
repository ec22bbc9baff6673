import * as z from 'zod';
import { canonicalJson } from '../../json/canonical.ts';
import type { Tool, Tools } from '../../model/tool.ts';
import { firstSentence } from '../first-sentence.ts';
import { readSideFile } from '../side-file.ts';
import { isSuiteName } from '../suite-names.ts';

const ToolsBySuite = z.record(
  z.string(),
  z.array(
    z.looseObject({
      function: z.looseObject({
        name: z
          .string()
          .refine(isSuiteName, { error: 'a name without control characters' })
          .describe('Name of the tool'),
        description: z.string().optional().describe('What the tool is for'),
        parameters: z.record(z.string(), z.unknown()).optional().describe('Schema of arguments'),
      }),
    }),
  ),
);

/** Reads the tools of AgentDojo, by suite; what suites say differently of a tool of one name is left out. Throws `input_fault` or `disk_fault`. */
export async function readAgentDojoTools(file: string): Promise<Tools> {
  const tools: Record<string, Tool> = Object.create(null);
  for (const listed of Object.values(await readSideFile(file, ToolsBySuite))) {
    for (const { function: schema } of listed) {
      const { name, description, parameters } = schema;
      const tool: Tool = {
        ...(description && { description: firstSentence(description) }),
        ...(parameters && { input: parameters }),
      };
      const known = tools[name];
      tools[name] = known ? inCommon(known, tool) : tool;
    }
  }
  return tools;
}

function inCommon(known: Tool, tool: Tool): Tool {
  const shared = Object.entries(known).filter(
    ([key, value]) => canonicalJson(value) === canonicalJson(tool[key as keyof Tool]),
  );
  return Object.fromEntries(shared);
}
