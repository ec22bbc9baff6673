import { isObject } from '../../json/object.ts';
import { recordFault } from '../each-record.ts';

/** What holds data of tools and users, whose names are their own. */
const OPAQUE = new Set(['args', 'response', 'state', 'tool_input', 'context', 'state_delta']);

/** Names keys as Python does, which ADK also writes in camel case; data of tools stays as it is. Throws `input_fault` where a key stands there in both spellings. */
export function snakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeKeys);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [snake(key), key, inner] as const);
  for (const [name, key] of entries) {
    if (name === key || !Object.hasOwn(value, name)) continue;
    throw recordFault(`It has both "${key}" and "${name}", expected one of them`);
  }
  return Object.fromEntries(
    entries.map(([name, , inner]) => [name, OPAQUE.has(name) ? inner : snakeKeys(inner)]),
  );
}

function snake(key: string): string {
  return key.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
