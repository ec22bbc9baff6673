import { writeSync } from 'node:fs';

/** Watches over a run that calls code of the user, which may end the process or throw where nobody listens. */
export interface RunGuard {
  /** What was thrown outside of any call so far. */
  strays(): readonly unknown[];
  /** The run has ended as it should; what it ended with stands. */
  release(): void;
}

const ENDED =
  'error: The process ended before the run was finished: code that a suite names has ended it, expected a check to return its answer\n';

/** Makes sure that a process that ends before its run ends with 3, whatever code it was ended with. */
export function guardRun(): RunGuard {
  const thrown: unknown[] = [];
  const keep = (stray: unknown): void => {
    thrown.push(stray);
  };
  const ended = (): void => {
    process.exitCode = 3;
    try {
      writeSync(process.stderr.fd, ENDED);
    } catch {
      // Nobody can be told; the exit code says it
    }
  };
  process.on('uncaughtException', keep);
  process.on('unhandledRejection', keep);
  process.on('exit', ended);
  return {
    strays: () => thrown,
    release: () => {
      process.off('exit', ended);
    },
  };
}
