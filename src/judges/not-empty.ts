import type * as z from 'zod';
import { isObject } from '../json/object.ts';

/** A map with at least one key: one without any judges nothing. */
export function notEmpty<Map extends z.ZodType>(map: Map, message: string): Map {
  return map.refine((value) => !isObject(value) || Object.keys(value).length > 0, message);
}
