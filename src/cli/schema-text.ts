import { configJsonSchema } from '../suite/config-json-schema.ts';
import { suiteJsonSchema, toolsJsonSchema } from '../suite/suite-json-schema.ts';
import { recordJsonSchema } from './record-schema.ts';
import { suiteKinds } from './registries.ts';

/** File formats that have a JSON Schema. */
export const SCHEMA_NAMES = [
  'suite',
  'tools',
  'config',
  'trajectory',
  'run',
  'report',
  'diff',
  'baseline',
] as const;
type Name = (typeof SCHEMA_NAMES)[number];

/** The JSON Schema of a format as text, one key a line. */
export async function schemaText(name: Name): Promise<string> {
  return `${JSON.stringify(await jsonSchema(name), null, 2)}\n`;
}

async function jsonSchema(name: Name): Promise<object> {
  if (name === 'suite') {
    return suiteJsonSchema(suiteKinds);
  }
  if (name === 'tools') {
    return toolsJsonSchema();
  }
  if (name === 'config') {
    return configJsonSchema();
  }
  return recordJsonSchema(name);
}
