import * as z from 'zod';
import { configSchema } from './config-schema.ts';
import type { JsonSchema } from './suite-json-schema.ts';

/** The JSON Schema of `agentops.config.yaml`, for editors. */
export function configJsonSchema(): JsonSchema {
  const { $schema, ...body } = z.toJSONSchema(configSchema(), {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
  });
  return { $schema, title: 'Settings of agentops, version 1', ...body };
}
