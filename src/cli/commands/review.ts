import { type Command, Option } from 'commander';
import type { ReviewFlags } from '../review/review.ts';

/** Registers `review`: a person labels trials one by one. */
export function reviewCommand(program: Command): void {
  program
    .command('review')
    .description('Shows trials one by one and keeps what a person says of them')
    .argument('<run>', 'id of the run or its beginning, latest, or its folder')
    .option('--labels <file>', 'where labels are kept (default: <suite>.labels.jsonl beside it)')
    .option('--judge <name>', 'label the question of this LLM judge, on every trial it was asked')
    .option('--task <glob>', 'only these tasks (* is a wildcard)')
    .addOption(
      new Option('--status <status>', 'only trials with this status').choices([
        'pass',
        'fail',
        'error',
      ]),
    )
    .option('--all', 'also trials that passed, and those that were labelled')
    .option('--by <name>', 'who labels: what others labelled is then shown all the same')
    .option('--list', 'print which trials wait, and why, and ask nothing')
    .option('--to-suite <file>', 'write a suite of the labelled trials there')
    .addOption(
      new Option('--label <label>', 'with --to-suite: trials with this label')
        .choices(['pass', 'fail', 'all'])
        .default('fail'),
    )
    .option('--force', 'with --to-suite: write over a suite')
    .option('--no-ask', 'ask nobody: with --to-suite, the labels that there are will do')
    .option('--out <dir>', 'folder that keeps the runs')
    .action(async (run: string, flags: ReviewFlags, command: Command) => {
      const { runReview } = await import('../review/run-review.ts');
      process.exitCode = await runReview(run, flags, command);
    });
}
