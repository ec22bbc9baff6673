import * as z from 'zod';
import {
  matcherSchema,
  requiringPatternSchema,
  selectingPatternSchema,
  sharedDefinitions,
} from '../match/schema.ts';
import type { SuiteKinds } from './kinds.ts';
import { suiteSchemas } from './suite-schema.ts';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Record<string, unknown>;

/** The JSON Schema of suite files, for editors. */
export function suiteJsonSchema(kinds: SuiteKinds): JsonSchema {
  const title = 'A suite of agentops, version 1';
  return withDefinitions(suiteSchemas(kinds).suite, title);
}

/** The JSON Schema of tools files, for editors. */
export function toolsJsonSchema(): JsonSchema {
  const { tools } = suiteSchemas({ judges: [], agents: [] });
  return withDefinitions(tools, 'Tools of agentops, version 1');
}

/** Definitions that others refer to by name only, so that no schema may bring them along. */
const referred = z.object({
  matcher: matcherSchema,
  required_pattern: requiringPatternSchema,
  selecting_pattern: selectingPatternSchema,
});

function withDefinitions(schema: z.ZodType, title: string): JsonSchema {
  const { $schema, $defs, ...body } = jsonSchema(schema);
  const shared = { ...sharedDefinitions, ...jsonSchema(referred)['$defs'], ...$defs };
  return { $schema, title, ...body, $defs: shared };
}

function jsonSchema(schema: z.ZodType): JsonSchema & { $defs?: object } {
  return z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' });
}
