import { readFile } from 'node:fs/promises';
import type * as z from 'zod';
import { AgentopsError } from '../errors.ts';
import { readFault } from '../io/disk-fault.ts';
import { issueWords } from './issue-words.ts';
import { parseJson } from './parse-json.ts';

/** Reads a JSON file that stands beside the results. Throws `input_fault` or `disk_fault`. */
export async function readSideFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const text = await readFile(file, 'utf8').catch((thrown) => {
    throw readFault(file, thrown);
  });
  const parsed = parseJson(text.replace(/^\uFEFF/, ''));
  if ('fault' in parsed) throw unusable(file, parsed.fault);
  const { success, error } = schema.safeParse(parsed.value);
  if (!success) throw unusable(file, issueWords(error, parsed.value));
  return parsed.value as z.infer<Schema>; // the schema accepted it
}

function unusable(file: string, fault: string): AgentopsError {
  return new AgentopsError('input_fault', `Cannot use "${file}": ${fault}`);
}
