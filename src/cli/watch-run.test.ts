import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { evalCommand } from './commands/eval.ts';
import { argumentsFor } from './watch-run.ts';

/** The command line that a watched one comes to for some suites. */
async function argumentsOf(...argv: string[]): Promise<string[]> {
  const program = new Command('agentops').option('--no-color', 'print without colours');
  evalCommand(program);
  const [command] = program.commands;
  let made: string[] = [];
  command!.action(() => {
    made = argumentsFor(command!, ['a.suite.yaml', '-b.suite.yaml']);
  });
  await program.parseAsync(argv, { from: 'user' });
  return made;
}

describe('argumentsFor() keeps', () => {
  const suites = ['--', 'a.suite.yaml', '-b.suite.yaml'];

  test('nothing but the suites where nothing else was given', async () => {
    expect(await argumentsOf('eval', 'suites', '--watch')).toEqual(['eval', ...suites]);
  });

  test('every option that was given, with its values, and none that was not', async () => {
    const given = ['--task', '-x*', '--task=b', '--trials', '3', '--bail', '--label', 'a=b=c'];
    expect(await argumentsOf('--no-color', 'eval', '--watch', ...given, 'suites')).toEqual([
      '--no-color',
      'eval',
      '--task=-x*',
      '--task=b',
      '--trials=3',
      '--bail',
      '--label=a=b=c',
      ...suites,
    ]);
  });
});
