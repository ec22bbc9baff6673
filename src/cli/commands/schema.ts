import type { Command } from 'commander';
import { SCHEMA_NAMES, schemaText } from '../schema-text.ts';
import { streamsOf } from '../streams.ts';

/** Registers `schema`: prints the JSON Schema of a file format. */
export function schemaCommand(program: Command): void {
  const which = program
    .createArgument('[format]', 'the format to print')
    .choices(SCHEMA_NAMES)
    .default('suite');
  program
    .command('schema')
    .description('Prints the JSON Schema of suites or of another file format')
    .addArgument(which)
    .action(async (name: (typeof SCHEMA_NAMES)[number], _options: unknown, command: Command) => {
      const { stdout } = streamsOf(command);
      await stdout.output.write(await schemaText(name));
    });
}
