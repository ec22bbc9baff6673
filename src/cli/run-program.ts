import type { Command } from 'commander';
import { errorText } from './messages.ts';
import { createProgram } from './program.ts';
import { streamsOf } from './streams.ts';
import { commandLineFault, exitCodeOfThrown } from './thrown.ts';

/** Runs the command line on its arguments, without the two that name node and the program; gives the exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  const { program, written } = await createProgram(argv);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (thrown) {
    const fault = commandLineFault(thrown);
    return fault === null ? tell(thrown, program) : told(fault, program, written);
  }
}

/** The exit code that the parser wants, once what it says is written. */
async function told(
  code: number,
  program: Command,
  written: readonly Promise<boolean>[],
): Promise<number> {
  try {
    await Promise.all(written);
    return code;
  } catch (thrown) {
    return tell(thrown, program);
  }
}

async function tell(thrown: unknown, program: Command): Promise<number> {
  const { stderr } = streamsOf(program);
  await stderr.output.write(await errorText(thrown, stderr.look));
  return exitCodeOfThrown(thrown);
}
