import { CommanderError } from 'commander';
import { AgentopsError } from '../errors.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';

/** The exit code of what commander ended with after it said why itself; null for anything else. */
export function commandLineFault(thrown: unknown): ExitCode | null {
  if (!(thrown instanceof CommanderError)) return null;
  return thrown.exitCode === 0 ? 0 : 2;
}

/** The exit code of an error that ended a command. */
export function exitCodeOfThrown(thrown: unknown): ExitCode {
  return exitCodeOf({ trouble: [thrown instanceof AgentopsError ? thrown.code : 'internal'] });
}
