import type { Command } from 'commander';
import { configJsonSchema } from '../../suite/config-json-schema.ts';
import { suiteJsonSchema, toolsJsonSchema } from '../../suite/suite-json-schema.ts';
import { recordJsonSchema } from '../record-schema.ts';
import { suiteKinds } from '../registries.ts';
import { streamsOf } from '../streams.ts';

const NAMES = ['suite', 'tools', 'config', 'trajectory', 'run', 'report'] as const;
type Name = (typeof NAMES)[number];

/** Registers `schema`: prints the JSON Schema of a file format. */
export function schemaCommand(program: Command): void {
  const which = program
    .createArgument('[format]', 'the format to print')
    .choices(NAMES)
    .default('suite');
  program
    .command('schema')
    .description('Prints the JSON Schema of suites or of another file format')
    .addArgument(which)
    .action(async (name: Name, _options: unknown, command: Command) => {
      const { stdout } = streamsOf(command);
      await stdout.output.write(await schemaText(name));
    });
}

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
