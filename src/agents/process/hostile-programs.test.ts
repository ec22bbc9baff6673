import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { killAllPrograms } from './live-programs.ts';
import { killMarkedNow } from './marked-processes.ts';
import type { Marker, Program, ProgramEnd, ProgramOptions } from './program.ts';
import { startProgram } from './start-program.ts';
import { makeTrialFolder } from './trial-folder.ts';

const onLinux = process.platform === 'linux';
const MARKER = 'AGENTOPS_TEST_MARKER';
const PATH = process.env['PATH'] ?? '';
const started: Marker[] = [];
/** For a machine that is busy with other things; each takes a fraction of a second by itself. */
const bounded = { timeout: 10_000 };

type Given = Partial<Omit<ProgramOptions, 'program' | 'marker'>>;

function start(program: ProgramOptions['program'], given: Given = {}): Program {
  const marker = { name: MARKER, value: randomUUID() };
  started.push(marker);
  return startProgram({
    program,
    cwd: tmpdir(),
    env: { PATH },
    marker,
    signal: new AbortController().signal,
    ...given,
    limits: { graceMs: 100, ...given.limits },
  });
}

const shell = (script: string, given?: Given) => start(['/bin/sh', '-c', script], given);
const node = (script: string, given?: Given) => start([process.execPath, '-e', script], given);

/** A promise and what resolves it. */
function signal() {
  let come = () => {};
  const came = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { came, come };
}

/** Starts a script, waits for its line `ready`, does something, waits for the end. */
async function whenReady(
  startIt: typeof shell,
  script: string,
  then: (program: Program) => void,
  given?: Given,
): Promise<ProgramEnd> {
  const ready = signal();
  const onLine = (line: string | null) => {
    if (line === 'ready') ready.come();
  };
  const program = startIt(script, { ...given, onLine });
  await Promise.race([ready.came, program.exited]);
  then(program);
  return program.exited;
}

const stopIt = (program: Program) => program.stop('time');

/** Ids of processes with a marker of these tests; found with other means than the code under test. */
function leftOver(markers: readonly Marker[]): string[] {
  if (!onLinux) return [];
  const wanted = new Set(markers.map(({ name, value }) => `${name}=${value}`));
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && environmentOf(pid).some((variable) => wanted.has(variable));
    } catch {
      return false;
    }
  });
}

function environmentOf(pid: string): string[] {
  return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
}

afterEach(() => {
  const markers = started.splice(0);
  const left = leftOver(markers);
  killAllPrograms();
  killMarkedNow(markers); // what a test that failed left behind would slow down the others
  expect(left).toEqual([]);
});

describe('startProgram() stops', bounded, () => {
  it('a program that sleeps for ever', async () => {
    const end = await whenReady(shell, 'echo ready; exec sleep 1000', stopIt);
    expect(end).toMatchObject({ code: null, signal: 'SIGTERM', stopped: 'time', lost: false });
  });

  it('one that ignores SIGTERM', async () => {
    const end = await whenReady(
      shell,
      'trap "" TERM; echo ready; while :; do sleep 1000; done',
      stopIt,
    );
    expect(end).toMatchObject({ signal: 'SIGKILL', stopped: 'time' });
  });

  it('one in a busy loop', async () => {
    const end = await whenReady(node, 'console.log("ready"); for (;;);', stopIt);
    expect(end).toMatchObject({ signal: 'SIGTERM', stopped: 'time' });
  });

  it('one that stopped itself with SIGSTOP', async () => {
    const end = await whenReady(shell, '(sleep 0.3; echo ready) & kill -STOP $$; exit 0', stopIt);
    expect(end).toMatchObject({ signal: 'SIGKILL', stopped: 'time' });
  });

  it('one with children that ignore SIGTERM', async () => {
    const script =
      'for i in 1 2 3; do (trap "" TERM; echo child; exec sleep 1000) & done; wait & echo ready; wait';
    const end = await whenReady(shell, script, stopIt);
    expect(end.stopped).toBe('time');
  });

  it('one whose daemon left its session', async () => {
    const script = 'setsid sh -c "echo ready; exec sleep 1000" & wait';
    const end = await whenReady(shell, script, stopIt);
    expect(end.stopped).toBe('time');
    if (onLinux) expect(end.survivors).toBe(1);
  });

  it('one that answers SIGTERM with exit 0, and says that it was stopped', async () => {
    const end = await whenReady(shell, 'trap "exit 0" TERM; echo ready; sleep 1000 & wait', stopIt);
    expect(end).toMatchObject({ code: 0, signal: null, stopped: 'time' });
  });

  it('one whose signal aborts', async () => {
    const abort = new AbortController();
    const given = { signal: abort.signal };
    const end = await whenReady(shell, 'echo ready; exec sleep 1000', () => abort.abort(), given);
    expect(end).toMatchObject({ signal: 'SIGTERM', stopped: 'aborted' });
  });

  it('and keeps the first reason', async () => {
    const end = await whenReady(shell, 'echo ready; exec sleep 1000', (program) => {
      program.stop('first');
      program.stop('second');
    });
    expect(end.stopped).toBe('first');
  });

  it('and gives a grace of more than 2^31 ms its time', async () => {
    const end = await whenReady(
      node,
      'process.on("SIGTERM", () => setTimeout(() => process.exit(7), 50)); setInterval(() => {}, 1e6); console.log("ready")',
      stopIt,
      { limits: { graceMs: 2 ** 31 } },
    );
    expect(end).toMatchObject({ code: 7, stopped: 'time' });
  });
});

describe('startProgram() sweeps', bounded, () => {
  it('children that outlive the program', async () => {
    const end = await shell('sleep 1000 & sleep 1000 & sleep 1000 & echo done').exited;
    expect(end).toMatchObject({ code: 0, signal: null, stopped: null, stdout: 'done\n' });
    expect(end.survivors).toBe(onLinux ? 3 : 1);
  });

  it('a grandchild of a double fork that holds stdout while the program exits 0', async () => {
    const script = '(setsid sh -c "sleep 1000 & sleep 1000" &); echo answer; exit 0';
    const end = await shell(script).exited;
    expect(end).toMatchObject({ code: 0, stopped: null, stdout: 'answer\n' });
  });

  it('daemons that are being made while the program exits, each of 5 times', async () => {
    const script = 'setsid sh -c "setsid sleep 1000 & exec sleep 1000" >/dev/null 2>&1 & exit 0';
    for (let time = 0; time < 5; time += 1) {
      const end = await shell(script).exited;
      expect(end.code).toBe(0);
      expect(leftOver(started)).toEqual([]);
    }
  });

  it('twenty programs that end at once', async () => {
    const programs = Array.from({ length: 20 }, () =>
      shell('setsid sleep 1000 >/dev/null 2>&1 & sleep 1000 & exit 0'),
    );
    const ends = await Promise.all(programs.map(({ exited }) => exited));
    expect(ends.map(({ code }) => code)).toEqual(Array(20).fill(0));
  });

  it('not what emptied its environment, but waits for it no longer than the drain', async () => {
    const script = 'env -i setsid sh -c "echo \\$\\$; exec sleep 1000" & read line; exit 0';
    const pids: number[] = [];
    const program: Program = shell(script, {
      limits: { drainMs: 100 },
      onLine: async (line) => {
        pids.push(Number(line));
        await program.write('go\n');
      },
    });
    const end = await program.exited;
    for (const pid of pids) process.kill(pid, 'SIGKILL'); // it was alive
    expect(end).toMatchObject({ code: 0, stopped: null, survivors: 0 });
    expect(pids).toHaveLength(1);
  });
});

describe('startProgram() tells', bounded, () => {
  it('no output from none', async () => {
    const end = await shell('exit 0').exited;
    expect(end).toEqual({
      code: 0,
      signal: null,
      startError: null,
      stopped: null,
      overflow: null,
      thrown: null,
      stdout: '',
      invalidUtf8: false,
      stdoutBytes: 0,
      stderrTail: '',
      stderrBytes: 0,
      survivors: 0,
      lost: false,
    });
  });

  it.each([
    ['exit 137', { code: 137, signal: null }],
    ['exit 3', { code: 3, signal: null }],
    ['kill -SEGV $$', { code: null, signal: 'SIGSEGV' }],
    ['kill -KILL $$', { code: null, signal: 'SIGKILL' }],
    ['exec >&-; exit 4', { code: 4, signal: null }],
    ['exec >&- 2>&- <&-; exit 5', { code: 5, signal: null }],
  ])('the end of: %s', async (script, expected) => {
    expect(await shell(script).exited).toMatchObject({ ...expected, stopped: null });
  });

  it.each([
    ['no_program', ['agentops-no-such-program'], {}],
    ['no_program', ['/agentops/no/such/program'], {}],
    ['not_executable', ['/etc/passwd'], {}],
    ['not_executable', ['/'], {}],
    ['no_folder', ['/bin/sh'], { cwd: '/agentops/no/such/folder' }],
    ['no_folder', ['/bin/sh'], { cwd: '/etc/passwd' }],
    ['other', ['/bin/sh', 'nul\0inside'], {}],
    ['too_long', ['/bin/sh', 'x'.repeat(8 * 1024 * 1024)], {}],
  ] as const)('a start error: %s for %j', async (kind, program, given) => {
    const { startError, code, signal, stopped } = await start([...program], given).exited;
    expect(startError?.kind).toBe(kind);
    expect(startError?.message).toMatch(/^Cannot start ".*": .*[^.]$/);
    expect({ code, signal, stopped }).toEqual({ code: null, signal: null, stopped: null });
  });

  it('that an aborted trial starts nothing', async () => {
    const end = await shell('exit 0', { signal: AbortSignal.abort() }).exited;
    expect(end).toMatchObject({ stopped: 'aborted', code: null, startError: null });
  });

  it('of a program whose folder it deleted itself', async () => {
    const folder = await makeTrialFolder();
    const end = await shell(`rmdir "${folder.cwd}"; echo gone; exit 6`, { cwd: folder.cwd }).exited;
    await folder.remove();
    expect(end).toMatchObject({ code: 6, stdout: 'gone\n' });
  });

  it('of a program that fills its folder for temporary files', async () => {
    const folder = await makeTrialFolder();
    const script = `cd "${folder.temp}"; mkdir -p deep/er; head -c 10000000 /dev/zero > big; chmod 0 deep/er deep; exit 0`;
    const end = await shell(script, { cwd: folder.cwd }).exited;
    await folder.remove();
    expect(end.code).toBe(0);
    expect(existsSync(folder.root)).toBe(false);
  });

  it('the environment that was given, and no other', async () => {
    const end = await start(['/usr/bin/env'], { env: { A: 'ä=1' } }).exited;
    expect(end.stdout.trim().split('\n').sort()).toEqual([
      'A=ä=1',
      `${MARKER}=${started[0]?.value}`,
    ]);
  });
});

describe('startProgram() writes to a program', bounded, () => {
  it('that reads it all', async () => {
    const program = start(['/usr/bin/wc', '-c']);
    const taken = await program.write('é'.repeat(2_000_000));
    program.closeInput();
    expect(taken).toBe(true);
    expect((await program.exited).stdout.trim()).toBe('4000000');
    expect(await program.write('late')).toBe(false);
  });

  it('that exits before it reads', async () => {
    const program = shell('exit 0');
    const taken = await Promise.all([program.write('x'.repeat(10_000_000)), program.write('y')]);
    expect(taken).toEqual([false, false]);
    expect((await program.exited).code).toBe(0);
  });

  it('that closed stdin and lives', async () => {
    let taken: boolean | undefined;
    const program: Program = shell('exec <&-; echo ready; exec sleep 1000', {
      onLine: async () => {
        taken = await program.write('x'.repeat(1_000_000));
        program.stop('enough');
      },
    });
    expect((await program.exited).stopped).toBe('enough');
    expect(taken).toBe(false);
  });

  it('that never reads, until it is stopped', async () => {
    const program = shell('exec sleep 1000');
    const taken = program.write('x'.repeat(10_000_000));
    program.stop('time');
    await program.exited;
    expect(await taken).toBe(false);
  });

  it('that never reads, up to the cap', async () => {
    const program = shell('exec sleep 1000', { limits: { inputBytes: 1_000_000 } });
    const writes = Array.from({ length: 1000 }, () => program.write('x'.repeat(100_000)));
    expect(await program.exited).toMatchObject({ stopped: 'overflow', overflow: 'input' });
    expect((await Promise.all(writes)).slice(20)).toEqual(Array(980).fill(false));
  });

  it('after closeInput(), to no effect', async () => {
    const program = shell('cat');
    program.closeInput();
    program.closeInput();
    expect(await program.write('late')).toBe(false);
    expect(await program.exited).toMatchObject({ code: 0, stdout: '' });
  });
});

describe('startProgram() takes lines', bounded, () => {
  async function linesOf(script: string, given: Given = {}) {
    const lines: (string | null)[] = [];
    const onLine = (line: string | null) => void lines.push(line);
    const end = await shell(script, { ...given, onLine }).exited;
    return { lines, end };
  }

  it('with either break, empty ones and the last without a break', async () => {
    const { lines, end } = await linesOf('printf "one\\r\\n\\ntwo\\0\\nthr"; printf ee');
    expect(lines).toEqual(['one', '', 'two\0', 'three']);
    expect(end).toMatchObject({ stdout: '', invalidUtf8: false });
  });

  it('that are not UTF-8 as null, and says so', async () => {
    const { lines, end } = await linesOf('printf "a\\n\\377\\nb\\n\\355\\240\\200\\n"');
    expect(lines).toEqual(['a', null, 'b', null]);
    expect(end.invalidUtf8).toBe(true);
  });

  it('one at a time and in order, however slow the taker is', async () => {
    let active = 0;
    let most = 0;
    let next = 1;
    const onLine = async (line: string | null) => {
      active += 1;
      most = Math.max(most, active);
      expect(line).toBe(String(next++));
      await new Promise(setImmediate);
      active -= 1;
    };
    const end = await shell('seq 5000', { onLine }).exited;
    expect({ most, next, thrown: end.thrown }).toEqual({ most: 1, next: 5001, thrown: null });
  });

  it('that wait for a slow taker when the program is gone', async () => {
    const lines: (string | null)[] = [];
    const onLine = async (line: string | null) => {
      await node('').exited; // longer than the drain
      lines.push(line);
    };
    await shell('echo call; echo more; echo final', { limits: { drainMs: 10 }, onLine }).exited;
    expect(lines).toEqual(['call', 'more', 'final']);
  });

  it('no more once it was stopped, also after its end', async () => {
    const lines: (string | null)[] = [];
    const program: Program = shell('echo first; echo second', {
      onLine: (line) => {
        lines.push(line);
        program.stop('ceiling');
        return new Promise<void>(() => {});
      },
    });
    expect((await program.exited).stopped).toBe('ceiling');
    expect(lines).toEqual(['first']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('taker');
      },
    ],
    ['rejects', () => Promise.reject(new Error('taker'))],
  ])('and stops where the taker %s', async (_, onLine) => {
    const end = await shell('echo line; exec sleep 1000', { onLine }).exited;
    expect(end).toMatchObject({ stopped: 'line taker', thrown: { error: new Error('taker') } });
  });

  it('up to the cap for one line, and for all', async () => {
    const limits = { lineBytes: 10, outputBytes: 50 };
    const one = await linesOf('echo 0123456789; echo 0123456789x; exec sleep 1000', { limits });
    expect(one.lines).toEqual(['0123456789']);
    expect(one.end).toMatchObject({ stopped: 'overflow', overflow: 'line' });
    const all = await linesOf('yes 123', { limits });
    expect(all.lines.slice(0, 12)).toEqual(Array(12).fill('123'));
    expect(all.end).toMatchObject({ stopped: 'overflow', overflow: 'output' });
  });
});

describe('startProgram() keeps text', bounded, () => {
  it('and says where it is not UTF-8', async () => {
    const end = await shell('printf "a\\377b"').exited;
    expect(end).toMatchObject({ stdout: 'a\ufffdb', invalidUtf8: true, stdoutBytes: 3 });
  });

  it('and of stderr the last bytes, whole characters', async () => {
    const end = await shell('seq 5000 >&2; printf "éé" >&2', { limits: { stderrBytes: 3 } }).exited;
    expect(end).toMatchObject({ code: 0, stderrTail: 'é', stderrBytes: 23_893 + 4 });
  });
});

describe('killAllPrograms()', bounded, () => {
  it('kills at once what lives, daemons too', async () => {
    const ready: Promise<void>[] = [];
    const programs = [
      'exec sleep 1000',
      'trap "" TERM; setsid sh -c "echo up; exec sleep 1000" & wait',
    ].map((script) => {
      const up = signal();
      ready.push(up.came);
      return shell(`echo up; ${script}`, { onLine: () => up.come() });
    });
    await Promise.all(ready);
    killAllPrograms();
    expect(leftOver(started)).toEqual([]);
    const ends = await Promise.all(programs.map(({ exited }) => exited));
    expect(ends.map(({ signal }) => signal)).toEqual(['SIGKILL', 'SIGKILL']);
    expect(ends.map(({ stopped }) => stopped)).toEqual(['killed', 'killed']);
  });
});
