import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

// Each runs in a process of its own: memory is counted for a whole process, and `exit` comes once

const GIBIBYTE = 1024 ** 3;
const MOST_GROWTH = 150; // MiB
const MARKER = 'AGENTOPS_TEST_MARKER';

/** What the process of a test begins with; `startProgram` and `killAllPrograms` stand before it. */
const prelude = `
async function main(run) {
  const start = (script, given) => startProgram({
    program: ['/bin/sh', '-c', script],
    cwd: ${JSON.stringify(tmpdir())},
    env: { PATH: process.env.PATH },
    marker: { name: '${MARKER}', value: process.argv[1] },
    signal: new AbortController().signal,
    ...given,
  });
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()); }, 2);
  const { stdout, ...end } = await run(start);
  clearInterval(timer);
  const growth = Math.round((peak - before) / 1024 / 1024);
  console.log(JSON.stringify({ ...end, kept: stdout.length, growth }));
}
`;

let bundle = '';
beforeAll(async () => {
  const contents = `
    import { startProgram } from './start-program.ts';
    import { killAllPrograms } from './live-programs.ts';
    ${prelude}
    Object.assign(globalThis, { main, killAllPrograms });`;
  const stdin = { contents, resolveDir: import.meta.dirname };
  const { outputFiles } = await build({ stdin, bundle: true, platform: 'node', write: false });
  bundle = outputFiles[0]?.text ?? '';
});

interface Told {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Processes with the marker that are alive after it. */
  readonly left: readonly string[];
}

async function inItsOwnProcess(run: string): Promise<Told> {
  const mark = randomUUID();
  const child = spawn(process.execPath, ['-e', `${bundle}\nmain(${run});`, mark]);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err, left: alive(`${MARKER}=${mark}`) };
}

function alive(variable: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(variable);
    } catch {
      return false;
    }
  });
}

async function measured(run: string): Promise<Record<string, unknown>> {
  const { out, err, left } = await inItsOwnProcess(run);
  expect(err).toBe('');
  expect(left).toEqual([]);
  const end = JSON.parse(out);
  expect(end.growth).toBeLessThan(MOST_GROWTH);
  return end;
}

describe('startProgram() bounds memory and time for', { timeout: 20_000 }, () => {
  it('a flood of 1 GiB on stdout, kept as text', async () => {
    const end = await measured(
      `(start) => start('trap "" PIPE; head -c ${GIBIBYTE} /dev/zero').exited`,
    );
    expect(end).toMatchObject({ stopped: 'overflow', overflow: 'output', kept: 32 * 1024 * 1024 });
    expect(end['stdoutBytes']).toBeLessThan(33 * 1024 * 1024);
  });

  it('one endless line', async () => {
    const run = `(start) => start('cat /dev/zero', { onLine: () => {} }).exited`;
    expect(await measured(run)).toMatchObject({ stopped: 'overflow', overflow: 'line' });
  });

  it('one endless line that comes byte by byte', async () => {
    const run = `(start) => start(
      'exec "${process.execPath}" -e "for (;;) fs.writeSync(1, String(0))"',
      { onLine: () => {}, limits: { lineBytes: 200000 } },
    ).exited`;
    expect(await measured(run)).toMatchObject({ stopped: 'overflow', overflow: 'line' });
  });

  it('a flood of 1 GiB on stderr, which stops nothing and starves nobody', async () => {
    const run = `async (start) => {
      let turns = 0;
      const timer = setInterval(() => { turns += 1; }, 10);
      const end = await start('head -c ${GIBIBYTE} /dev/zero >&2; echo end >&2; echo answer').exited;
      clearInterval(timer);
      return { ...end, turns, answer: end.stdout };
    }`;
    const end = await measured(run);
    expect(end).toMatchObject({ code: 0, stopped: null, overflow: null, answer: 'answer\n' });
    expect(end).toMatchObject({ stderrBytes: GIBIBYTE + 4 });
    expect(end['stderrTail']).toMatch(/^\0{8188}end\n$/);
    expect(end['turns']).toBeGreaterThan(20);
  });

  it('a million lines', async () => {
    const run = `async (start) => {
      let sum = 0;
      const onLine = (line) => {
        sum += Number(line);
        return sum % 1000 === 0 ? new Promise(setImmediate) : undefined;
      };
      const end = await start('seq 1000000', { onLine }).exited;
      return { ...end, sum };
    }`;
    expect(await measured(run)).toMatchObject({
      code: 0,
      sum: 500_000_500_000,
      invalidUtf8: false,
    });
  });

  it('lines without end and a slow taker, whom the program waits for', async () => {
    const run = `async (start) => {
      let taken = 0;
      const program = start('yes "a line of some length, so that there is much of them"', {
        limits: { outputBytes: ${GIBIBYTE} },
        onLine: async () => {
          await new Promise(setImmediate);
          taken += 1;
          if (taken === 50000) program.stop('enough');
        },
      });
      return { ...(await program.exited), taken };
    }`;
    expect(await measured(run)).toMatchObject({ stopped: 'enough', taken: 50_000 });
  });
});

describe('killAllPrograms() in a handler of exit leaves nothing alive', () => {
  it.each([
    ['process.exit(3)', 3],
    ['setImmediate(() => { throw new Error("uncaught"); })', 1],
  ])('after %s', async (leave, code) => {
    const told = await inItsOwnProcess(`(start) => {
      process.on('exit', killAllPrograms);
      return start('trap "" TERM; sleep 1000 & setsid sh -c "echo ready; exec sleep 1000" & wait', {
        onLine: () => { ${leave}; },
      }).exited;
    }`);
    expect(told).toMatchObject({ code, left: [] });
  });
});
