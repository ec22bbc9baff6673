import * as z from 'zod';
import { chosen } from './chosen.ts';

/** Text that says something. */
export const text = z.string().min(1);

/** A name that can stand in one line of a report. */
export const name = text.regex(/^\P{Cc}*$/u, {
  error: 'Expected a name without control characters',
});

/** A path that is relative to the file it is written in. */
export const filePath = z
  .string()
  .regex(/^\.\.?\//, { error: 'Expected a path that begins with ./ or ../' });

/** Tells whether a value is a path where text or data may stand as well. */
export function isFilePath(value: unknown): value is string {
  return typeof value === 'string' && /^\.\.?\//.test(value);
}

/** A value, or the path of a file that holds it. */
export function fileOr(value: z.ZodType): z.ZodType {
  return chosen((given) => (typeof given === 'string' ? 0 : 1), filePath, value);
}

/** The path of a reference such as `./file.ts#name`. */
export function withoutFragment(reference: string): string {
  return reference.replace(/#[^#/]*$/, '');
}
