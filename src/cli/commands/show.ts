import type { Command } from 'commander';
import { createInk } from '../../report/ink.ts';
import { joinLines } from '../../report/join-lines.ts';
import { trialLines } from '../../report/trial-view.ts';
import { openRun } from '../open-run.ts';
import { writeAll } from '../output.ts';
import { streamsOf } from '../streams.ts';

interface ShowOptions {
  readonly full?: boolean;
  readonly out?: string;
}

/** Registers `show`: one trial step by step with its verdicts. */
export function showCommand(program: Command): void {
  program
    .command('show')
    .description('Shows one trial step by step with its verdicts')
    .argument('<run>', 'id of the run or its beginning, latest, or its folder')
    .argument('<trial>', 'id of the trial or its beginning, or task, task#2, suite/task/agent#2')
    .option('--full', 'leave nothing out of long steps and trajectories')
    .option('--out <dir>', 'folder that keeps the runs')
    .action(
      async (run: string, trial: string, options: ShowOptions, command: Command): Promise<void> => {
        await show(run, trial, options, command);
      },
    );
}

async function show(
  reference: string,
  trial: string,
  { full = false, out }: ShowOptions,
  command: Command,
): Promise<void> {
  const run = await openRun(reference, out);
  const result = await run.find(trial);
  const row = run.plan.rows.find(({ trial_ids }) => trial_ids.includes(result.id));
  const view = { row, result, trajectory: await run.trajectory(result) };
  const { stdout } = streamsOf(command);
  const ink = await createInk(stdout.look);
  async function* pieces() {
    for (const line of trialLines(view, ink, full)) yield joinLines([line]);
  }
  await writeAll(stdout.output, pieces());
}
