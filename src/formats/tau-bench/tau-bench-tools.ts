import * as z from 'zod';
import type { Tools } from '../../model/tool.ts';
import { FunctionSchema, functionTools } from '../function-tools.ts';
import { readSideFile } from '../side-file.ts';

const FunctionSchemas = z.array(
  FunctionSchema.extend({
    'x-write': z.boolean().describe('Whether the tool changes the database'),
  }),
);

/** Reads the tools of a domain: OpenAI function schemas with `x-write`. Throws `input_fault` or `disk_fault`. */
export async function readTauBenchTools(file: string): Promise<Tools> {
  const schemas = await readSideFile(file, FunctionSchemas);
  return functionTools(schemas, ({ 'x-write': writes }) => (writes ? 'write' : 'read'));
}
