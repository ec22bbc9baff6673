import { execFile } from 'node:child_process';
import { program } from './built-cli.ts';

/** What a command printed, and how it ended. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** null where a signal ended it. */
  readonly code: number | null;
}

const OPTIONS = { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, timeout: 60_000 } as const;

/** Environment of a command: nothing of this one's but the way to programs; no colours, no terminal, no repository around. */
const environment = {
  PATH: process.env['PATH'],
  NO_COLOR: '1',
  CI: '1',
  GIT_CEILING_DIRECTORIES: '/',
  GIT_DIR: '/dev/null',
};

/** Runs the built command line in a folder, with more variables in its environment. */
export function runAgentops(
  args: readonly string[],
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return run(process.execPath, [program, ...args], folder, more);
}

/** Runs a line of shell in which `agentops` is the built command line. */
export function runShell(line: string, folder: string): Promise<Ended> {
  const agentops = `agentops() { '${process.execPath}' '${program}' "$@"; }`;
  return run('sh', ['-c', `${agentops}\n${line}`], folder);
}

function run(
  file: string,
  args: readonly string[],
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const options = { ...OPTIONS, cwd: folder, env: { ...environment, ...more } };
    const child = execFile(file, args, options, (thrown, stdout, stderr) => {
      if (thrown && typeof thrown.code !== 'number' && !thrown.signal) reject(thrown);
      else resolve({ stdout, stderr, code: child.exitCode });
    });
  });
}
