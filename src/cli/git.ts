import { spawn } from 'node:child_process';
import type { GitState } from '../model/plan.ts';

const TIME_LIMIT_MS = 2000;
const UNKNOWN: GitState = { commit: null, branch: null, dirty: null };

/** `core.fsmonitor` would run a program that the repository names; what a partial clone lacks would be fetched; the lock would disturb the user's own git. */
const SAFELY = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'protocol.allow=never'];

/** How git is asked. */
interface AskOptions {
  readonly program?: string;
  readonly timeLimitMs?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Asks git for commit, branch and dirtiness of the work tree around a folder; nulls without git, outside a work tree, or after the time limit. */
export async function readGitState(folder: string, options: AskOptions = {}): Promise<GitState> {
  // One changed file is enough to know, and there may be very many
  const text = await ask(folder, ['status', '--porcelain=v2', '--branch'], options, isEnough);
  return text === null ? UNKNOWN : parseGitStatus(text);
}

/** Asks git which commit a branch, a tag or any other name of one means; null where it knows none, and without git. */
export async function readCommit(
  folder: string,
  name: string,
  options: AskOptions = {},
): Promise<string | null> {
  if (name === '' || name.includes('\0')) return null; // no program takes such an argument
  const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const text = await ask(folder, words, options);
  return /^[0-9a-f]{40,64}$/m.exec(text ?? '')?.[0] ?? null;
}

/** What git prints in a folder; null where it fails, is not there, or takes too long. It is ended once what it printed is enough. */
function ask(
  folder: string,
  words: readonly string[],
  { program = 'git', timeLimitMs = TIME_LIMIT_MS, environment = process.env }: AskOptions,
  isDone: (output: string) => boolean = () => false,
): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(program, [...SAFELY, ...words], {
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
      if (isDone(output)) {
        resolve(output);
        child.kill('SIGKILL');
      }
    });
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code === 0 ? output : null));
  });
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
