import * as z from 'zod';
import { Tool } from '../model/tool.ts';
import { chosen } from './chosen.ts';
import { mapOf } from './map-of.ts';
import { name } from './text-schema.ts';

/** Builds the schema of tools by name, as a suite holds them inline and a tools file on its own. */
export function toolsSchema(more: z.ZodRawShape): z.ZodType {
  const tool = z.strictObject({ ...Tool.omit({ mock: true }).shape, ...more });
  return chosen(
    (value) =>
      Array.isArray(value)
        ? 'Expected a map of tools by name, got a list; write each as "name: { description, input }", with its JSON Schema (parameters) under input'
        : 0,
    mapOf(tool, name),
  );
}
