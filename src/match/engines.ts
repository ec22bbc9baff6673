import { AgentopsError } from '../errors.ts';

/** Heavy engines, loaded once and only when a suite needs them. */
const loaded: {
  regex?: (pattern: string) => (text: string) => boolean;
  schema?: (schema: object | boolean) => (value: unknown) => boolean;
} = {};

/** Loads what the operators in a text of YAML or JSON need; must be awaited before they are compiled. */
export async function loadEnginesFor(text: string): Promise<void> {
  if (REGEX.test(text)) await loadRegex();
  if (SCHEMA.test(text)) await loadSchemas();
}

const REGEX = /\$regex["']?\s*:/;
const SCHEMA = /\$schema["']?\s*:/;

/** Loads RE2, whose patterns run in linear time. */
export async function loadRegex(): Promise<void> {
  loaded.regex ??= (await import('./regex-engine.ts')).regexTest;
}

/** Loads the JSON Schema validator. */
export async function loadSchemas(): Promise<void> {
  loaded.schema ??= (await import('./schema-engine.ts')).schemaTest;
}

/** Compiles an RE2 pattern into an unanchored test; throws with the engine's words when it is malformed. */
export function compileRegex(pattern: string): (text: string) => boolean {
  if (!loaded.regex) throw new AgentopsError('internal', 'Load the regex engine before compiling');
  return loaded.regex(pattern);
}

/** Compiles a JSON Schema into a test; throws with the engine's words when it is malformed. */
export function compileSchema(schema: object | boolean): (value: unknown) => boolean {
  if (!loaded.schema)
    throw new AgentopsError('internal', 'Load the schema engine before compiling');
  return loaded.schema(schema);
}
