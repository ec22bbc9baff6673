import type { Command } from 'commander';
import type { CalibrateOptions } from '../calibrate-options.ts';
import { endWith } from '../end-with.ts';
import { collect, judgeMode } from '../option-values.ts';

/** Registers `calibrate`: holds LLM judges against what people say. */
export function calibrateCommand(program: Command): void {
  const command = program
    .command('calibrate')
    .description('Tells how far LLM judges agree with people')
    .argument(
      '<suite|run>',
      'a suite file, whose recorded agents are judged first; or a run: its id or beginning, latest, or its folder',
    )
    .option(
      '--labels <file>',
      'labels of people: JSONL, trajectories or CSV; may be repeated (default: what the judges name, or lies beside the suite)',
      collect,
    )
    .option(
      '--judge <mode>',
      'with a suite, where judges answer from: recorded, live or off (default: recorded)',
      judgeMode,
    )
    .option('--json', 'print it as JSON, for programs')
    .option('--no-save', 'leave the calibration beside the suite as it is')
    .option('--out <dir>', 'folder that keeps the runs')
    .action(async (target: string, options: CalibrateOptions) => {
      const { runCalibrate } = await import('../run-calibrate.ts');
      endWith(await runCalibrate(target, options, command));
    });
}
