import { spawn } from 'node:child_process';
import type { GitState } from '../model/plan.ts';

const TIME_LIMIT_MS = 2000;
const UNKNOWN: GitState = { commit: null, branch: null, dirty: null };

/** `core.fsmonitor` would run a program that the repository names; the lock would disturb the user's own git. */
const ARGUMENTS = [
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  'status',
  '--porcelain=v2',
  '--branch',
];

/** Asks git for commit, branch and dirtiness of the work tree around a folder; nulls without git, outside a work tree, or after the time limit. */
export async function readGitState(
  folder: string,
  { program = 'git', timeLimitMs = TIME_LIMIT_MS, environment = process.env } = {},
): Promise<GitState> {
  const text = await new Promise<string | null>((resolve) => {
    const child = spawn(program, ARGUMENTS, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: timeLimitMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (piece: string) => {
      output += piece;
      // One changed file is enough to know, and there may be very many
      if (isEnough(output)) {
        resolve(output);
        child.kill('SIGKILL');
      }
    });
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code === 0 ? output : null));
  });
  return text === null ? UNKNOWN : parseGitStatus(text);
}

/** Reads what `git status --porcelain=v2 --branch` prints; untracked files count as dirt, as they too are not in the commit. */
export function parseGitStatus(text: string): GitState {
  const lines = text.split('\n').filter((line) => line !== '');
  const header = (name: string) => {
    const start = `# branch.${name} `;
    return lines.find((line) => line.startsWith(start))?.slice(start.length) ?? null;
  };
  const commit = header('oid');
  const branch = header('head');
  return {
    commit: commit === '(initial)' ? null : commit,
    branch: branch === '(detached)' ? null : branch,
    dirty: lines.some((line) => !line.startsWith('#')),
  };
}

/** Tells whether a whole line is there that is no header. */
function isEnough(output: string): boolean {
  return /^[^#\n].*\n/m.test(output);
}
