import type { Command } from 'commander';
import { REPORTER_NAMES } from '../../report/reporter-names.ts';
import { endWith } from '../end-with.ts';
import type { JudgeOptions } from '../judge-options.ts';
import { amount, collect, counting, judgeMode, MOST_AT_ONCE } from '../option-values.ts';

/** Registers `judge`: judges stored trajectories again, or compares those of two runs. */
export function judgeCommand(program: Command): void {
  const command = program
    .command('judge')
    .description('Judges the trajectories of a stored run again, without running an agent')
    .argument('<run>', 'id of the run or its beginning, latest, or its folder')
    .option(
      '--judge <mode>',
      'where LLM judges answer from: recorded, live (asks for what is not recorded) or off (default: recorded)',
      judgeMode,
    )
    .option(
      '--only <judge>',
      'only this LLM judge is asked, the others answer from their recording; may be repeated',
      collect,
    )
    .option(
      '--against <base>',
      'let LLM judges say which is better, a trial of this run or of that',
    )
    .option('--json', 'with --against: print it as JSON, for programs')
    .option(
      '--concurrency <n>',
      'trials that are read at the same time (default: one for each processor, 4 or more)',
      counting(1, MOST_AT_ONCE),
    )
    .option(
      '--label <key=value>',
      'labels that the new run carries, such as version=1.4; may be repeated',
      collect,
    )
    .option(
      '--reporter <name[=file]>',
      `how to report: ${REPORTER_NAMES.join(', ')}; may be repeated`,
      collect,
    )
    .option('--out <dir>', 'folder that keeps the runs, instead of .agentops/runs')
    .option('--max-cost <usd>', 'stop above this cost in US dollars', amount)
    .option('--max-seconds <n>', 'stop after this time', amount)
    .option('--quiet', 'print no report to the terminal')
    .action(async (run: string, options: JudgeOptions) => {
      const { runJudge } = await import('../run-judge.ts');
      endWith(await runJudge(run, options, command));
    });
}
