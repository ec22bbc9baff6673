import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonReport } from '../src/model/report.ts';
import { program, requireFreshBuild } from './built-cli.ts';
import { leftOver, writeLiveSuite } from './live-project.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 60_000 };
const MARK = 'live-signals-test';
let folder = '';
beforeAll(requireFreshBuild);
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

const shell = (script: string) => ({ command: ['/bin/sh', '-c', `${script}\n: ${MARK}`] });
const FOR_EVER = 'while :; do sleep 1; done';
/** Agents that hang in each way, beside one that is done at once. */
const HANGING = {
  sleeps: shell(`: > sleeps.started; ${FOR_EVER}`),
  stubborn: shell(`trap '' TERM INT HUP; : > stubborn.started; ${FOR_EVER}`),
  daemon: shell(`setsid /bin/sh -c '${FOR_EVER}' & : > daemon.started; ${FOR_EVER}`),
  never: { module: './never.mjs' },
};
const FILES = { 'never.mjs': 'export default () => new Promise(() => {});\n' };

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly seconds: number;
  readonly stderr: string;
}

/** Evaluates; sends signals once all agents hang, each after some milliseconds. */
async function interrupted(
  signals: readonly (readonly [afterMs: number, signal: NodeJS.Signals])[],
  more: readonly string[] = [],
): Promise<Ended> {
  writeLiveSuite(folder, { agents: HANGING, files: FILES, more: { limits: { seconds: 600 } } });
  const args = [program, 'eval', '--concurrency', '16', '--reporter', 'json=report.json', ...more];
  const env = { PATH: process.env['PATH'], NO_COLOR: '1', CI: '1', GIT_DIR: '/dev/null' };
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const exit = once(child, 'exit');
  await hanging(child);
  const started = performance.now();
  for (const [ms, signal] of signals) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    child.kill(signal);
  }
  const [code, signal] = await exit;
  return { code, signal, stderr, seconds: (performance.now() - started) / 1000 };
}

/** Waits until every program runs and the good agent is done. */
async function hanging(child: ChildProcess): Promise<void> {
  const names = ['sleeps', 'stubborn', 'daemon'].map((name) =>
    path.join(folder, 'suites', `${name}.started`),
  );
  const ready = () => names.every((name) => existsSync(name)) && stored().length > 0;
  for (let n = 0; n < 1200 && !ready() && child.exitCode === null; n++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Lines of the stored results. */
function stored(): { agent: string; status: string }[] {
  const runs = path.join(folder, '.agentops/runs');
  if (!existsSync(runs)) return [];
  const [run = ''] = readdirSync(runs).filter((name) => !name.startsWith('.'));
  const file = path.join(runs, run, 'trials.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const ours = () => leftOver(folder);
const nothingIsLeft = () => expect(ours()).toEqual([]);

/** Status by agent in the JSON report. */
function reported(): Record<string, string> {
  const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as JsonReport; // written by the program under test
  return Object.fromEntries(report.trials.map(({ agent, status }) => [agent, status]));
}

const CUT = { sleeps: 'skip', stubborn: 'skip', daemon: 'skip', never: 'skip', good: 'pass' };

describe('agentops eval, while agents hang', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ] as const)(
    'keeps what is done on %s, ends with %i, leaves nothing alive',
    LONG,
    async (signal, wanted) => {
      const { code, seconds, stderr } = await interrupted([[0, signal]]);
      expect({ code, stderr }).toMatchObject({ code: wanted });
      expect(reported()).toEqual(CUT);
      nothingIsLeft();
      expect(seconds).toBeLessThan(15);
    },
  );

  it('counts two interruptions within a second as one', LONG, async () => {
    const { code } = await interrupted([
      [0, 'SIGINT'],
      [100, 'SIGINT'],
    ]);
    expect(code).toBe(130);
    expect(reported()).toEqual(CUT);
    nothingIsLeft();
  });

  it('ends at once on a second one, and keeps what was written', LONG, async () => {
    const { code, seconds } = await interrupted([
      [0, 'SIGINT'],
      [1200, 'SIGINT'],
    ]);
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(2.5);
    expect(stored()).toContainEqual(expect.objectContaining({ agent: 'good', status: 'pass' }));
    nothingIsLeft();
  });

  it(
    'leaves nothing alive where it is killed itself, and keeps what was written',
    LONG,
    async () => {
      const { signal } = await interrupted([[0, 'SIGKILL']]);
      expect(signal).toBe('SIGKILL');
      for (let n = 0; n < 400 && ours().length > 0; n++) {
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      nothingIsLeft();
      expect(stored()).toContainEqual(expect.objectContaining({ agent: 'good', status: 'pass' }));
    },
  );

  it('cuts what still runs at --max-seconds, which never passes', LONG, async () => {
    const { code } = await interrupted([], ['--max-seconds', '4']);
    expect([1, 3]).toContain(code);
    expect(reported()).toEqual(CUT);
    nothingIsLeft();
  });
});
