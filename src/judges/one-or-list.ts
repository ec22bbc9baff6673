import * as z from 'zod';
import { chosen } from '../suite/chosen.ts';

/** One value or a list of at least one. */
export function oneOrList(schema: z.ZodType): z.ZodType {
  return chosen((value) => (Array.isArray(value) ? 0 : 1), z.array(schema).min(1), schema);
}

/** An object, or else something simpler. */
export function objectOr(object: z.ZodType, simple: z.ZodType): z.ZodType {
  return chosen((value) => (typeof value === 'object' && value !== null ? 0 : 1), object, simple);
}
