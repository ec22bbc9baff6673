import type { Command } from 'commander';
import { COMPARISON_DEFAULTS } from '../../model/comparison-defaults.ts';
import { MOST_TRIALS } from '../../model/plan.ts';
import { REPORTER_NAMES } from '../../report/reporter-names.ts';
import { endWith } from '../end-with.ts';
import type { EvalOptions } from '../eval-options.ts';
import { amount, collect, counting, judgeMode, MOST_AT_ONCE, share } from '../option-values.ts';

/** Registers `eval`: runs suites and judges what happened. */
export function evalCommand(program: Command): void {
  const command = program
    .command('eval', { isDefault: false })
    .description('Runs suites and judges what the agents did')
    .argument('[suite...]', 'suite files, folders or globs; suites/ unless given');
  withSelection(command)
    .option('--list', 'print what would run, and run nothing')
    .option(
      '--trials <n>',
      'trials per task, instead of what the suites say',
      counting(1, MOST_TRIALS),
    )
    .option(
      '--concurrency <n>',
      'trials that run at the same time (default: one for each processor, 4 or more)',
      counting(1, MOST_AT_ONCE),
    )
    .option(
      '--seed <n>',
      'seed of what is random (default: 0)',
      counting(0, Number.MAX_SAFE_INTEGER),
    )
    .option('--bail', 'stop after the first trial that does not pass')
    .option('--failed', 'only the trials of the last run that did not pass')
    .option(
      '--label <key=value>',
      'labels that the run carries, such as version=1.4; may be repeated',
      collect,
    )
    .option(
      '--reporter <name[=file]>',
      `how to report: ${REPORTER_NAMES.join(', ')}; may be repeated`,
      collect,
    )
    .option('--out <dir>', 'folder that keeps the runs, instead of .agentops/runs')
    .option('--record', 'ask the models of agents and write their recordings anew')
    .option(
      '--judge <mode>',
      'where LLM judges answer from: recorded, live (asks for what is not recorded) or off (default: recorded)',
      judgeMode,
    )
    .option('--max-cost <usd>', 'stop above this cost in US dollars, judges included', amount)
    .option('--max-seconds <n>', 'stop the run after this time', amount);
  withBaseline(command)
    .option('--quiet', 'print no report to the terminal')
    .option('--watch', 'run again what an edited file touches, until interrupted')
    .action(async (paths: string[], options: EvalOptions) => {
      const { runEval } = await import('../run-eval.ts');
      endWith(await runEval(paths, options, command));
    });
}

/** Adds the options that choose what is run. */
function withSelection(command: Command): Command {
  return command
    .option('--agent <name>', 'only these agents (* is a wildcard); may be repeated', collect)
    .option(
      '--task <glob>',
      'only tasks with these ids (* is a wildcard); may be repeated',
      collect,
    )
    .option('--tag <tag>', 'only tasks with one of these tags; may be repeated', collect)
    .option(
      '--attack <name>',
      'only these attacks (* is a wildcard), none for tasks alone; may be repeated',
      collect,
    );
}

/** Adds the options of a run that is held against another. */
function withBaseline(command: Command): Command {
  return command
    .option(
      '--baseline <run>',
      'hold the run against another: a run, a JSON report, baseline[:NAME], a git ref, latest',
    )
    .option(
      '--fail-on <rule>',
      'what fails beside the gate: regression, any-fail, flaky, inconclusive, or a figure such as cost:+10%; may be repeated (default: regression)',
      collect,
    )
    .option(
      '--margin <share>',
      `loss of pass rate that does not count (default: ${COMPARISON_DEFAULTS.margin})`,
      share,
    )
    .option(
      '--until-decided [=trials]',
      'run more trials where the comparison is open, up to 5 times as many or to this number of a task',
      counting(2, MOST_TRIALS),
    );
}
