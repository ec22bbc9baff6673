import type { Command } from 'commander';
import { COMPARISON_DEFAULTS } from '../../model/comparison-defaults.ts';
import { DIFF_REPORTER_NAMES } from '../../report/reporter-names.ts';
import type { DiffOptions } from '../diff-options.ts';
import { endWith } from '../end-with.ts';
import { collect, counting, share } from '../option-values.ts';

const MOST_SEED = 2 ** 32 - 1;

/** Registers `diff`: what two runs differ in. */
export function diffCommand(program: Command): void {
  const command = program
    .command('diff')
    .description('Compares two runs: what got better, worse, flaky, dearer, and where they part')
    .argument(
      '<base>',
      'a run (id or its beginning, latest, folder), a JSON report, baseline or baseline:NAME, or a git ref whose run is stored; #AGENT after it takes one agent',
    )
    .argument('[head]', 'what is compared with it, named likewise', 'latest')
    .option(
      '--reporter <name[=file]>',
      `how to report: ${DIFF_REPORTER_NAMES.join(', ')}; may be repeated`,
      collect,
    )
    .option(
      '--fail-on <rule>',
      'what ends with 1: regression, any-fail, flaky, or a figure such as cost:+10%; inconclusive, to end with 3 where it is open; may be repeated',
      collect,
    )
    .option(
      '--margin <share>',
      'loss of pass rate that does not count',
      share,
      COMPARISON_DEFAULTS.margin,
    )
    .option('--seed <n>', 'seed of what is random', counting(0, MOST_SEED), 0)
    .option('--out <dir>', 'folder that keeps the runs, instead of .agentops/runs')
    .option('--quiet', 'print no report to the terminal');
  command.action(async (base: string, head: string, options: DiffOptions) => {
    const { runDiff } = await import('../run-diff.ts');
    const isHeadGiven = command.args.length > 1;
    endWith(await runDiff(base, isHeadGiven ? head : null, options, command));
  });
}
