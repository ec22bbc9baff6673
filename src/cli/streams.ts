import type { Command } from 'commander';
import type { Look } from '../report/reporter.ts';
import { type Output, outputOf } from './output.ts';
import { lookOf } from './terminal.ts';

/** An output with what text on it looks like. */
export interface Stream {
  readonly output: Output;
  readonly look: Look;
}

/** Standard output of this process. */
export function standardOutput(): Output {
  return outputOf(process.stdout, 'standard output');
}

/** Standard error of this process; what it cannot take is lost. */
export function standardError(): Output {
  return outputOf(process.stderr, 'standard error', true);
}

/** Standard output and standard error of this process, as the options of a command and the environment want them. */
export function streamsOf(command: Command): { stdout: Stream; stderr: Stream } {
  const colour = command.optsWithGlobals()['color'] !== false;
  return {
    stdout: {
      output: standardOutput(),
      look: lookOf(process.stdout, process.env, { colour }),
    },
    stderr: {
      output: standardError(),
      look: lookOf(process.stderr, process.env, { colour }),
    },
  };
}
