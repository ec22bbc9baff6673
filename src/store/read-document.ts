import { readFile } from 'node:fs/promises';
import type * as z from 'zod';
import { messageOf } from '../errors.ts';
import { codeOf, readFault } from '../io/disk-fault.ts';
import { isObject } from '../json/object.ts';
import { storeFault } from './store-fault.ts';

/** Makes an error of a place, such as a quoted file with a line, and what is wrong there. */
export type Fault = (place: string, state: string) => Error;

/** Reads one JSON file of a run; null where it is not there. Throws `store_fault` where it is broken or of a newer version. */
export async function readDocument<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  const text = await readFile(file, 'utf8').catch((thrown) => {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw readFault(file, thrown);
  });
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw storeFault(`"${file}"`, `it is not valid JSON (${messageOf(thrown)})`, thrown);
  }
  return checked(value, schema, `"${file}"`);
}

/** Holds a stored value against its schema and gives it as it stands. Throws `store_fault`, or what `fault` makes. */
export function checked<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  place: string,
  fault: Fault = storeFault,
): z.output<Schema> {
  refuseNewer(isObject(value) ? value['schema_version'] : undefined, place, fault);
  const parsed = schema.safeParse(value, { jitless: true });
  // Schemas copy; the value itself keeps keys such as `__proto__` as they are
  if (parsed.success) return value as z.output<Schema>;
  const [issue] = parsed.error.issues;
  const where = issue && issue.path.length > 0 ? ` at "${issue.path.map(String).join('.')}"` : '';
  throw fault(place, `it is no such record${where}: ${issue?.message ?? 'not valid'}`);
}

/** Throws what `fault` makes where a record has a version that this program does not know. */
export function refuseNewer(version: unknown, place: string, fault: Fault = storeFault): void {
  if (typeof version !== 'number' || version <= 1) return;
  const words = `it was written by a newer agentops (schema_version ${version}, this one reads 1)`;
  throw fault(place, `${words}, update agentops to read it`);
}
