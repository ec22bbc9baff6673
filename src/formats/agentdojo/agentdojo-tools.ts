import * as z from 'zod';
import { canonicalJson } from '../../json/canonical.ts';
import type { Tool, Tools } from '../../model/tool.ts';
import { FunctionSchema, functionTools } from '../function-tools.ts';
import { readSideFile } from '../side-file.ts';

const ToolsBySuite = z.record(z.string(), z.array(FunctionSchema));

/** Reads the tools of AgentDojo, by suite; what suites say differently of a tool of one name is left out. Throws `input_fault` or `disk_fault`. */
export async function readAgentDojoTools(file: string): Promise<Tools> {
  const tools: Record<string, Tool> = Object.create(null);
  for (const schemas of Object.values(await readSideFile(file, ToolsBySuite))) {
    for (const [name, tool] of Object.entries(functionTools(schemas))) {
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
