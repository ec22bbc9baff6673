import type { Command } from 'commander';
import type { Look } from '../report/reporter.ts';
import { type Output, outputOf } from './output.ts';
import { lookOf } from './terminal.ts';

/** An output with what text on it looks like. */
export interface Stream {
  readonly output: Output;
  readonly look: Look;
}

/** Standard output and standard error of this process, as the options of a command and the environment want them. */
export function streamsOf(command: Command): { stdout: Stream; stderr: Stream } {
  const colour = command.optsWithGlobals()['color'] !== false;
  return {
    stdout: {
      output: outputOf(process.stdout, 'standard output'),
      look: lookOf(process.stdout, process.env, { colour }),
    },
    stderr: {
      output: outputOf(process.stderr, 'standard error'),
      look: lookOf(process.stderr, process.env, { colour }),
    },
  };
}
