import { Command } from 'commander';
import { evalCommand } from './commands/eval.ts';

/** Makes the program with the commands that the arguments can mean: `eval` alone where it is the one, so that it starts fast. */
export async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('agentops')
    .description('Evaluates what AI agents do, not only what they say')
    .version(__AGENTOPS_VERSION__)
    .option('--no-color', 'print without colours')
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for what can be given)');
  evalCommand(program);
  if (argv.find((word) => !word.startsWith('-')) !== 'eval') {
    const { otherCommands } = await import('./other-commands.ts');
    otherCommands(program);
  }
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  return program;
}
