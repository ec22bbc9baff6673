import { errorText } from './messages.ts';
import { createProgram } from './program.ts';
import { streamsOf } from './streams.ts';
import { commandLineFault, exitCodeOfThrown } from './thrown.ts';

/** Runs the command line on its arguments, without the two that name node and the program; gives the exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  const program = await createProgram(argv);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (thrown) {
    const fault = commandLineFault(thrown);
    if (fault !== null) return fault;
    const { stderr } = streamsOf(program);
    await stderr.output.write(await errorText(thrown, stderr.look));
    return exitCodeOfThrown(thrown);
  }
}
