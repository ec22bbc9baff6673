import { Command } from 'commander';
import { evalCommand } from './commands/eval.ts';
import { standardError, standardOutput } from './streams.ts';

/** A command line, and what its parser has written: to be waited for, as it may fail. */
export interface ParsedProgram {
  readonly program: Command;
  readonly written: readonly Promise<boolean>[];
}

/** Makes the program with the commands that the arguments can mean: `eval` alone where it is the one, so that it starts fast. */
export async function createProgram(argv: readonly string[]): Promise<ParsedProgram> {
  const written: Promise<boolean>[] = [];
  const program = new Command('agentops')
    .description('Evaluates what AI agents do, not only what they say')
    .version(__AGENTOPS_VERSION__)
    .option('--no-color', 'print without colours')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void written.push(standardOutput().write(text)),
      writeErr: (text) => void written.push(standardError().write(text)),
    })
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for what can be given)');
  evalCommand(program);
  if (argv.find((word) => !word.startsWith('-')) !== 'eval') {
    const { otherCommands } = await import('./other-commands.ts');
    otherCommands(program);
  }
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  return { program, written };
}
