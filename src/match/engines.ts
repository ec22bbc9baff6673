import { AgentopsError } from '../errors.ts';

/** Heavy engines, loaded once and only when a suite needs them. */
const loaded: {
  regex?: (pattern: string) => (text: string) => boolean;
  schema?: (schema: object | boolean) => (value: unknown) => boolean;
} = {};

/** Loads what the operators in a value need; must be awaited before they are compiled. `text` is what the value was parsed from. */
export async function loadEnginesFor(text: string, value: unknown): Promise<void> {
  if (!loaded.regex && mayName('$regex', text) && hasKey(value, '$regex')) await loadRegex();
  if (!loaded.schema && mayName('$schema', text) && hasKey(value, '$schema')) await loadSchemas();
}

/** Whether a key of that name can come out of a text: written out, or with escapes. */
function mayName(name: string, text: string): boolean {
  return text.includes(name) || text.includes('\\');
}

function hasKey(value: unknown, key: string): boolean {
  const waiting = [value];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if (Object.hasOwn(next, key)) return true;
    for (const inner of Object.values(next)) if (inner !== undefined) waiting.push(inner);
  }
  return false;
}

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
