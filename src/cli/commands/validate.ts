import path from 'node:path';
import type { Command } from 'commander';
import { AgentopsError } from '../../errors.ts';
import { counted } from '../../report/figures.ts';
import { findSuiteFiles } from '../../suite/find-suite-files.ts';
import { loadSuites } from '../../suite/load-suites.ts';
import { exitCodeOf } from '../exit-code.ts';
import { faultsText, noteText } from '../messages.ts';
import { unrecordedNames } from '../recorded-names.ts';
import { suiteKinds } from '../registries.ts';
import { streamsOf } from '../streams.ts';

/** Registers `validate`: checks suites and runs nothing. */
export function validateCommand(program: Command): void {
  program
    .command('validate')
    .description('Checks suites without running anything')
    .argument('[suite...]', 'suite files or folders; suites/ unless given')
    .action(async (paths: string[], _options: unknown, command: Command) => {
      process.exitCode = await validate(paths, command);
    });
}

async function validate(paths: readonly string[], command: Command): Promise<number> {
  const { stdout, stderr } = streamsOf(command);
  const { suites, faults } = await check(paths);
  const nameOf = (file: string) => path.relative(process.cwd(), file) || file;
  await stderr.output.write(await faultsText(faults, stderr.look, nameOf));
  if (faults.some(({ severity }) => severity === 'error')) {
    return exitCodeOf({ trouble: ['suite_fault'] });
  }
  const tasks = suites.reduce((sum, suite) => sum + suite.tasks.length, 0);
  const found = faults.length > 0 ? `no faults, ${counted(faults.length, 'warning')}` : 'no faults';
  const note = `${counted(suites.length, 'suite')}, ${counted(tasks, 'task')}: ${found}`;
  await stdout.output.write(await noteText(note, stdout.look));
  return exitCodeOf({});
}

/** Loads the suites, with what their recordings lack. */
async function check(paths: readonly string[]) {
  const { files, faults: misnamed } = await findSuiteFiles(paths, process.cwd());
  if (files.length + misnamed.length === 0) {
    const wanted = 'expected *.suite.yaml files under suites/, or the names of some';
    throw new AgentopsError('usage', `Cannot validate: there are no suites here, ${wanted}`);
  }
  const { suites, faults, named } = await loadSuites(files, suiteKinds, {
    notesNames: true,
  });
  const unrecorded = await Promise.all(
    suites.map((suite) => unrecordedNames(suite, suiteKinds, named.get(suite.file) ?? new Map())),
  );
  return { suites, faults: [...misnamed, ...faults, ...unrecorded.flat()] };
}
