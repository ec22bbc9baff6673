import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { program, requireFreshBuild } from './built-cli.ts';
import { gives, model } from './judge-answers.ts';
import { judge, writeJudged } from './judged-project.ts';
import { runAgentops } from './run-agentops.ts';
import { copyOfProject, remove } from './temporary-project.ts';

const LIMIT = { timeout: 60_000 };
const WAITS = 'Ctrl-C ends it\n';

let folder = '';
let child: ChildProcess | null = null;

beforeAll(requireFreshBuild);
beforeEach(() => {
  folder = copyOfProject();
});
afterEach(() => {
  child?.kill('SIGKILL');
  remove(folder);
});

/** Watches the suites of the project; what is printed is read piece by piece. */
function watch(...args: string[]) {
  const env = { PATH: process.env['PATH'], NO_COLOR: '1', LANG: 'C.UTF-8' };
  // One pipe for both streams, so that their order is known
  const line = ['-c', 'exec "$0" "$@" 2>&1', process.execPath, program, 'eval', '--watch', ...args];
  const started = spawn('sh', line, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  child = started;
  let text = '';
  let heard: () => void = () => undefined;
  started.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    heard();
  });
  const code = new Promise<number | null>((resolve) => started.on('close', resolve));
  return {
    /** Waits for some text, and gives what was printed up to its end. */
    until: (wanted: string) =>
      new Promise<string>((resolve) => {
        heard = () => {
          const end = text.indexOf(wanted) + wanted.length;
          if (end < wanted.length) return;
          heard = () => undefined;
          resolve(text.slice(0, end));
          text = text.slice(end);
        };
        heard();
      }),
    end: (signal: NodeJS.Signals) => {
      started.kill(signal);
      return code;
    },
  };
}

/** Saves a file as editors do that put a new one in the place of the old. */
function save(name: string, change: (text: string) => string): void {
  const file = path.join(folder, name);
  writeFileSync(`${file}.new`, change(readFileSync(file, 'utf8')));
  renameSync(`${file}.new`, file);
}

describe('agentops eval --watch', () => {
  it.each([
    ['the option', ['--judge', 'live'], {}],
    ['the settings', [], { eval: { judge: 'live' } }],
  ])(
    'takes what judges write into their recording for no change: live by %s',
    LIMIT,
    async (_, args, more) => {
      const server = await model(() => gives());
      writeJudged(folder, { judges: { j: judge('m') } }, { url: server.url, more });
      const { until, end } = watch('suites/judged.suite.yaml', ...args);
      await until('1 passed');
      await until(WAITS);
      save('suites/judged.suite.yaml', (text) => text.replace('what they asked for', 'it'));
      expect(await until('1 passed')).not.toContain('judges.jsonl');
      await until(WAITS);
      expect(await end('SIGINT')).toBe(130);
      expect(server.asked).toHaveLength(2);
    },
  );

  it(
    'runs again what an edit touches, with fresh modules, and goes on after faults',
    LIMIT,
    async () => {
      const { until, end } = watch();
      expect(await until(WAITS)).toMatch(/file-agent.*shop-support.*travel-desk/s);

      save('suites/tools/shop.tools.yaml', (text) => `${text}# edited\n`);
      const shop = await until(WAITS);
      expect(shop).toContain('changed: suites/tools/shop.tools.yaml → shop-support\n');
      expect(shop).not.toMatch(/travel-desk|file-agent/);

      save('suites/checks/stays-in-project.mjs', (text) => `import './more.mjs';\n${text}`);
      expect(await until(WAITS)).toContain('Gate undecided');
      writeFileSync(path.join(folder, 'suites/checks/more.mjs'), "throw new Error('first');\n");
      expect(await until(WAITS)).toContain('threw: first');
      save('suites/checks/more.mjs', (text) => text.replace('first', 'second'));
      expect(await until(WAITS)).toContain('threw: second');

      save('suites/travel-desk.suite.yaml', (text) => text.replace('suite:', 'suitee:'));
      expect(await until(WAITS)).toContain('Unknown key "suitee"');
      save('suites/travel-desk.suite.yaml', (text) => text.replace('suitee:', 'suite:'));
      expect(await until(WAITS)).toContain('3 of 3 tasks passed');
      expect(await end('SIGINT')).toBe(130);
      expect(readdirSync(path.join(folder, '.agentops/runs'))).toHaveLength(6);
    },
  );

  it('hands an interruption on to the run, and leaves nothing of it', LIMIT, async () => {
    const file = path.join(folder, 'suites/checks/stays-in-project.mjs');
    const told = "await new Promise((resolve) => process.once('SIGTERM', resolve));";
    const body = `console.log(\`run is \${process.pid}.\`); ${told} return true;`;
    writeFileSync(file, `export async function staysInProject() { ${body} }\n`);
    const { until, end } = watch('suites/file-agent.suite.yaml', '--concurrency', '1');
    await until('run is ');
    const run = Number.parseInt(await until('.'), 10);
    expect(() => process.kill(run, 0)).not.toThrow();
    expect(await end('SIGTERM')).toBe(143);
    expect(() => process.kill(run, 0)).toThrow('ESRCH');
  });

  it.each(['--list', '--failed'])('is refused with %s', async (option) => {
    const { code, stderr } = await runAgentops(['eval', '--watch', option], folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(`Cannot use --watch with ${option}`);
  });

  it('is refused where there are no suites', async () => {
    const { code, stderr } = await runAgentops(['eval', '--watch'], path.join(folder, 'fixtures'));
    expect(code).toBe(2);
    expect(stderr).toContain('there are no suites here');
  });
});
