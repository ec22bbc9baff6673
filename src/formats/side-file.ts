import { readFile } from 'node:fs/promises';
import type * as z from 'zod';
import { AgentopsError } from '../errors.ts';
import { readFault } from '../io/disk-fault.ts';
import { issueWords } from './issue-words.ts';
import { parseJson } from './parse-json.ts';
import { sourceRecords } from './source-records.ts';

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
  return checked(parsed.value, schema, (fault) => unusable(file, fault));
}

/** Reads records that stand beside the results, JSON lines or a list. Throws `input_fault` or `disk_fault`. */
export async function readSideRecords<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.infer<Schema>[]> {
  const read: z.infer<Schema>[] = [];
  for await (const record of sourceRecords(file)) {
    const refuse = (fault: string) => unusable(`${file}:${record.line}`, fault);
    if ('fault' in record) throw refuse(record.fault);
    read.push(checked(record.value, schema, refuse));
  }
  return read;
}

/** A value as it stands: the copy of the schema would lose keys such as `__proto__`. */
function checked<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  refuse: (fault: string) => AgentopsError,
): z.infer<Schema> {
  const { success, error } = schema.safeParse(value);
  if (!success) throw refuse(issueWords(error, value));
  return value as z.infer<Schema>; // the schema accepted it
}

function unusable(file: string, fault: string): AgentopsError {
  return new AgentopsError('input_fault', `Cannot use "${file}": ${fault}`);
}
