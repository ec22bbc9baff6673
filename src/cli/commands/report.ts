import type { Command } from 'commander';
import { reporters } from '../../report/registry.ts';
import { REPORTER_NAMES } from '../../report/reporter-names.ts';
import { exitCodeOf } from '../exit-code.ts';
import { holdAgainstTrials } from '../hold-against-trials.ts';
import { errorText } from '../messages.ts';
import { openRun } from '../open-run.ts';
import { parseReporterOptions } from '../reporter-option.ts';
import { streamsOf } from '../streams.ts';
import { writeReports } from '../write-reports.ts';

interface ReportOptions {
  readonly reporter: string[];
  readonly out?: string;
}

/** Registers `report`: renders a stored run in any format. */
export function reportCommand(program: Command): void {
  program
    .command('report')
    .description('Renders a stored run; ends with 0 whatever its gate says')
    .argument('<run>', 'id of the run or its beginning, latest, or its folder')
    .option(
      '--reporter <name[=file]>',
      `how to report: ${REPORTER_NAMES.join(', ')}; may be given again`,
      collect,
      [],
    )
    .option('--out <dir>', 'folder that keeps the runs')
    .action(async (reference: string, options: ReportOptions, command: Command) => {
      process.exitCode = await report(reference, options, command);
    });
}

async function report(
  reference: string,
  { reporter, out }: ReportOptions,
  command: Command,
): Promise<number> {
  const { stdout, stderr } = streamsOf(command);
  const wanted = reporter.length > 0 ? reporter : ['terminal'];
  const requests = parseReporterOptions(wanted, reporters, process.cwd());
  const run = await openRun(reference, out);
  await holdAgainstTrials(run);
  const troubles = await writeReports(run, requests, stdout);
  for (const trouble of troubles) await stderr.output.write(await errorText(trouble, stderr.look));
  return exitCodeOf({ trouble: troubles.map(({ code }) => code) });
}

function collect(value: string, values: readonly string[]): string[] {
  return [...values, value];
}
