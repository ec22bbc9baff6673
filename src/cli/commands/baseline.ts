import type { Command } from 'commander';
import { AgentopsError } from '../../errors.ts';
import {
  baselineFigures,
  baselineLines,
  baselinesJson,
  baselinesTable,
} from '../../report/baseline-text.ts';
import { createInk } from '../../report/ink.ts';
import { joinLines } from '../../report/join-lines.ts';
import { listBaselines, readBaseline } from '../../store/baselines.ts';
import { findBaseline } from '../find-baseline.ts';
import { readGitState } from '../git.ts';
import { warningText } from '../messages.ts';
import type { SetOptions } from '../run-baseline-set.ts';
import { streamsOf } from '../streams.ts';
import { workingRoot } from '../working-root.ts';

/** Registers `baseline set`, `baseline show` and `baseline list`. */
export function baselineCommand(program: Command): void {
  const baseline = program
    .command('baseline')
    .description('Keeps runs to compare with, in files that are committed');
  baseline
    .command('set')
    .description('Keeps a stored run as a baseline, in baselines/NAME.baseline.json')
    .argument('[run]', 'id of the run or its beginning, latest, or its folder', 'latest')
    .option('--name <name>', 'name of the baseline (default: that of the branch, or of the suite)')
    .option('--suite <name>', 'only the rows of this suite')
    .option('--force', 'also a run that should not replace what is there')
    .option('--out <dir>', 'folder that keeps the runs, instead of .agentops/runs')
    .action(async (run: string, options: SetOptions, command: Command) => {
      const { setBaseline } = await import('../run-baseline-set.ts');
      await setBaseline(run, options, command);
    });
  baseline
    .command('show')
    .description('Shows where a baseline comes from, its figures and its tasks')
    .argument('[name]', 'name of the baseline (default: that of the branch)')
    .option('--json', 'print it as JSON, for programs')
    .action(async (name: string | undefined, options: { json?: true }, command: Command) =>
      show(name ?? null, options.json === true, command),
    );
  baseline
    .command('list')
    .description('Lists the baselines of the project')
    .option('--json', 'print them as JSON, for programs')
    .action(async (options: { json?: true }, command: Command) =>
      list(options.json === true, command),
    );
  for (const command of baseline.commands) command.exitOverride().copyInheritedSettings(program);
}

async function show(name: string | null, json: boolean, command: Command): Promise<void> {
  const { stdout } = streamsOf(command);
  const root = await workingRoot();
  const { branch } = await readGitState(process.cwd());
  const found = await findBaseline(name, { root, branch, environment: process.env });
  const baseline = await readBaseline(root, found);
  if (baseline === null) throw new AgentopsError('usage', `Cannot find the baseline "${found}"`);
  const ink = await createInk(stdout.look);
  const text = json ? baselineFigures(baseline) : joinLines(await baselineLines(baseline, ink));
  await stdout.output.write(text);
}

async function list(json: boolean, command: Command): Promise<void> {
  const { stdout, stderr } = streamsOf(command);
  const root = await workingRoot();
  const baselines = [];
  for (const name of await listBaselines(root)) {
    const baseline = await readBaseline(root, name).catch(async (thrown: unknown) => {
      if (!(thrown instanceof AgentopsError)) throw thrown;
      await stderr.output.write(await warningText(thrown.message, stderr.look));
      return null;
    });
    if (baseline !== null) baselines.push(baseline);
  }
  if (json) {
    await stdout.output.write(baselinesJson(baselines));
    return;
  }
  const ink = await createInk(stdout.look);
  const lines =
    baselines.length === 0 ? ['There are no baselines yet'] : await baselinesTable(baselines, ink);
  await stdout.output.write(joinLines(lines));
}
