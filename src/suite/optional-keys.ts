import type * as z from 'zod';
import type { FormatKey } from './kinds.ts';
import { fileOr } from './text-schema.ts';

/** Shape of keys that have an owner of their own, each optional. */
export function optionalKeys(keys: readonly FormatKey[]): Record<string, z.ZodType> {
  return Object.fromEntries(
    keys.map(({ key, schema, words, fragment }) => [
      key,
      (fragment ? fileOr(schema) : schema).optional().describe(words),
    ]),
  );
}
