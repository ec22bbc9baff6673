import type * as z from 'zod';
import { recordFault } from './each-record.ts';
import { issueWords } from './issue-words.ts';

/** Checks a record, or a part of one, by its schema and gives the value itself: the copy of a schema would lose keys such as `__proto__`. Throws `input_fault`. */
export function readRecord<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.infer<Schema> {
  const { success, error } = schema.safeParse(value);
  if (!success) throw recordFault(issueWords(error, value));
  return value as z.infer<Schema>; // the schema accepted it
}
