import type { Command } from 'commander';
import { type ExportFlags, runExport } from '../run-export.ts';

/** Registers `export`: trajectories of any kind to files of other programs. */
export function exportCommand(program: Command): void {
  program
    .command('export')
    .description(
      'Turns trajectories or suites into files of other programs, and says what those cannot hold',
    )
    .argument('<file...>', 'trajectories to read, of any kind that import reads, or suites')
    .requiredOption('--to <format>', 'what to write: adk-evalset')
    .option('--from <format>', 'their format; told from what they hold unless given')
    .option('--out <file>', 'write there instead of to standard output')
    .action(async (files: string[], flags: ExportFlags, command: Command) => {
      process.exitCode = await runExport(files, flags, command);
    });
}
