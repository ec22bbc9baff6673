import type { Command } from 'commander';
import type { ImportFlags } from '../import-flags.ts';
import { runImport } from '../run-import.ts';

/** Registers `import`: foreign trajectories to ours, or a suite beside them. */
export function importCommand(program: Command): void {
  program
    .command('import')
    .description(
      'Turns trajectories of other programs into ours, or into a suite beside them; or approvals of Inspect into a policy',
    )
    .argument('<file...>', 'files to read: JSON, or JSON lines')
    .option('--from <format>', 'their format; told from what they hold unless given')
    .option('--agent <name>', 'agent of records that name none (default: recorded)')
    .option('--task <id>', 'task of records that name none (default: their id, or file#line)')
    .option('--out <file>', 'write the trajectories there instead of to standard output')
    .option('--suite <file>', 'write a suite there, and the trajectories beside it')
    .option(
      '--tools <file>',
      'with --suite: tools of the source; with approvals: the tools that there are',
    )
    .option('--tasks <file>', 'with --suite: tasks of the source')
    .option('--rules <file>', 'with --suite: rules of the source')
    .option('--optional-writes <file>', 'with --suite: writes of the source that may be left out')
    .action(async (files: string[], flags: ImportFlags, command: Command) => {
      process.exitCode = await runImport(files, flags, command);
    });
}
