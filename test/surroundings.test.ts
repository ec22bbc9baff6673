import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requireFreshBuild } from './built-cli.ts';
import {
  called,
  record,
  SAID,
  statusesIn,
  writeCase,
  writeRecording,
  writeSuite,
} from './hostile-project.ts';
import { runAgentops, runShell } from './run-agentops.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 120_000 };
const MEBIBYTE = 1024 * 1024;
const NOTHING = '{ calls: { exact: [] } }';
const PASSING = { lines: [record()], tasks: { a: NOTHING } };
let folder = '';

beforeAll(requireFreshBuild);
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

const evaluate = (...more: string[]) =>
  runAgentops(['eval', '--reporter', 'json=report.json', ...more], folder);

/** A recording of many trials of one task, and a check that sends a signal to its own process at one of them. */
async function writeSignalling(signal: string, trials: number, at: number): Promise<void> {
  writeSuite(folder, { a: '{ calls: { exact: [] }, check: "./signal.mjs#send" }' });
  writeFileSync(
    path.join(folder, 'suites/signal.mjs'),
    `export function send({ trial }) {
      if (trial === ${at}) process.kill(process.pid, '${signal}');
      return true;
    }\n`,
  );
  const numbers = Array.from({ length: trials }, (_, index) => index + 1);
  await writeRecording(
    folder,
    numbers.map((trial) => `${JSON.stringify(record({ trial }))}\n`),
  );
}

describe('agentops eval, on much data', () => {
  it('reads on behind a line of 100 MiB, which is an error', LONG, async () => {
    writeSuite(folder, { a: NOTHING, b: NOTHING, c: NOTHING });
    const [start, end] = JSON.stringify(record({ task: 'b' })).split('Done.');
    const filling = 'x'.repeat(MEBIBYTE);
    await writeRecording(folder, [
      `${JSON.stringify(record())}\n${start}`,
      ...Array.from({ length: 100 }, () => filling),
      `${end}\n${JSON.stringify(record({ task: 'c' }))}\n`,
    ]);
    const { code, stdout } = await evaluate();
    expect(statusesIn(folder)).toEqual({ 'a#1': 'pass', 'b#1': 'error', 'c#1': 'pass' });
    expect(stdout).toMatch(/It is \d+ bytes long/);
    expect(code).toBe(3);
  });

  it('judges 100,000 steps like any other trial', LONG, async () => {
    const looks = Array.from({ length: 49_999 }, (_, at) => called('look', { at }, `c${at}`));
    const steps = [...looks.flat(), SAID];
    writeCase(folder, {
      lines: [
        record({ steps }),
        record({ task: 'b', steps: [...steps, ...called('look', { at: 7 })] }),
      ],
      tasks: {
        a: '{ calls: [{ count: { look: 49999 } }, { in_order: [{ look: { at: 1 } }, { look: { at: 49998 } }] }], never: [delete_account], no_loops: { repeats: 1 } }',
        b: '{ no_loops: { repeats: 1 } }',
      },
    });
    const { code } = await evaluate();
    expect(statusesIn(folder)).toEqual({ 'a#1': 'pass', 'b#1': 'fail' });
    expect(code).toBe(1);
  });
});

describe('agentops eval, when it cannot write', () => {
  it.skipIf(!existsSync('/dev/full'))(
    'is undecided when a report does not fit on the disk',
    LONG,
    async () => {
      writeCase(folder, PASSING);
      const { code, stderr } = await evaluate('--reporter', 'junit=/dev/full');
      expect(stderr).toBe(
        'error: Cannot write the report "junit": Cannot write "/dev/full": no space is left on the disk\n',
      );
      expect(statusesIn(folder)).toEqual({ 'a#1': 'pass' });
      expect(code).toBe(3);
    },
  );

  it.skipIf(!existsSync('/dev/full'))(
    'is undecided when standard output is full',
    LONG,
    async () => {
      writeCase(folder, PASSING);
      const { stdout, stderr } = await runShell(
        'agentops eval > /dev/full; echo "code $?"',
        folder,
      );
      expect(stderr).toBe(
        'error: Cannot write the report "terminal": Cannot write "standard output": no space is left on the disk\n',
      );
      expect(stdout).toBe('code 3\n');
    },
  );

  it('is undecided when no run can be kept', LONG, async () => {
    writeCase(folder, PASSING);
    const { code, stdout, stderr } = await evaluate('--out', 'package.json/runs');
    expect(stderr).toMatch(/^error: Cannot [^\n]+package\.json[^\n]*\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(3);
  });

  it.each([
    ['passing', NOTHING, '0'],
    ['failing', '{ answer: x }', '1'],
  ])('keeps the exit code of a %s run when nobody reads on', LONG, async (_, expected, code) => {
    // More than a pipe holds
    const names = Array.from({ length: 1000 }, (_, index) => `task-${index}`);
    writeCase(folder, {
      lines: names.map((task) => record({ task })),
      tasks: Object.fromEntries(names.map((name) => [name, expected])),
    });
    const line = '{ agentops eval --reporter json; echo "code $?" >&2; } | head -c 1';
    const { stdout, stderr } = await runShell(line, folder);
    expect(stderr).toBe(`code ${code}\n`);
    expect(stdout).toHaveLength(1);
  });
});

describe('agentops eval, when it is stopped', () => {
  it(
    'keeps what was done when it is interrupted, and says that the rest was not run',
    LONG,
    async () => {
      await writeSignalling('SIGINT', 2000, 300);
      const { code, stdout } = await evaluate();
      const statuses = Object.values(statusesIn(folder));
      expect(statuses).toHaveLength(2000);
      expect(statuses.filter((status) => status === 'pass').length).toBeGreaterThanOrEqual(300);
      expect(statuses.filter((status) => status === 'skip').length).toBeGreaterThan(0);
      expect(stdout).toMatch(/trials: Interrupted/);
      expect(stdout).not.toMatch(/Gate passed/);
      expect(code).toBe(130);
    },
  );

  it('ends with 143 when it is told to end', LONG, async () => {
    await writeSignalling('SIGTERM', 2000, 300);
    expect((await evaluate()).code).toBe(143);
  });

  it('leaves a run that says that it did not finish when it is killed', LONG, async () => {
    await writeSignalling('SIGKILL', 2000, 300);
    expect((await evaluate()).code).toBe(null);
    const reports = ['--reporter', 'json=report.json', '--reporter', 'terminal'];
    const { stdout, stderr } = await runAgentops(['report', 'latest', ...reports], folder);
    expect(stdout + stderr).toMatch(/did not finish/);
    expect(stdout).not.toMatch(/Gate passed/);
    const statuses = Object.values(statusesIn(folder));
    expect(statuses.filter((status) => status === 'pass').length).toBeGreaterThanOrEqual(250);
    expect(statuses).not.toContain('fail');
  });
});

describe('agentops eval, of code that a suite names', () => {
  it.each([
    ['ends the process', 'export const run = () => process.exit(0);', /ended before the run/],
    [
      'ends it when it is loaded',
      'process.exit(0); export const run = () => true;',
      /ended before/,
    ],
    [
      'throws where nobody waits',
      `export const run = () => {
        setTimeout(() => { throw new Error('too late'); }, 0);
        return new Promise((resolve) => setTimeout(() => resolve(true), 20));
      };`,
      /threw where nobody waited for it: too late/,
    ],
    [
      'leaves a promise to reject',
      `export const run = () => {
        Promise.reject(new Error('left alone'));
        return new Promise((resolve) => setTimeout(() => resolve(true), 20));
      };`,
      /threw where nobody waited for it: left alone/,
    ],
  ])('is undecided where it %s', LONG, async (_, code, words) => {
    writeCase(folder, { lines: [record()], tasks: { a: '{ check: "./own.mjs#run" }' } });
    writeFileSync(path.join(folder, 'suites/own.mjs'), code);
    const ended = await evaluate();
    expect(ended.stderr).toMatch(words);
    expect(ended.code).toBe(3);
  });

  it('does not wait for timers that it left behind', LONG, async () => {
    writeCase(folder, { lines: [record()], tasks: { a: '{ check: "./own.mjs#run" }' } });
    const code = 'export const run = () => { setInterval(() => {}, 1000); return true; };';
    writeFileSync(path.join(folder, 'suites/own.mjs'), code);
    expect((await evaluate()).code).toBe(0);
  });
});

describe('agentops, when nothing can be told', () => {
  it.skipIf(!existsSync('/dev/full')).each([
    ['eval --trials 1 --reporter json=report.json 2> /dev/full', 0],
    ['eval no-such-suite 2> /dev/full', 2],
    ['--help > /dev/full', 3],
    ['--version > /dev/full', 3],
  ])('keeps its exit code: %s', LONG, async (line, code) => {
    writeCase(folder, { lines: [record(), record({ trial: 2 })], tasks: { a: NOTHING } });
    const { stdout } = await runShell(`agentops ${line}; echo "code $?"`, folder);
    expect(stdout).toContain(`code ${code}\n`);
    if (line.includes('report.json')) expect(statusesIn(folder)).toEqual({ 'a#1': 'pass' });
  });
});

describe('agentops report, of a run that lost trials', () => {
  it.each(['rm trials.jsonl', 'sed -i 2d trials.jsonl'])(
    'says so, after %s',
    LONG,
    async (damage) => {
      writeCase(folder, {
        lines: [1, 2, 3].map((trial) => record({ trial })),
        tasks: { a: NOTHING },
      });
      await evaluate();
      await runShell(`cd .agentops/runs/* && ${damage}`, folder);
      const { code, stderr } = await runAgentops(['report', 'latest'], folder);
      expect(stderr).toMatch(/holds [02] trials, and the run finished with 3/);
      expect(code).toBe(3);
    },
  );
});

describe('agentops eval --failed', () => {
  it('counts the trials that passed before', LONG, async () => {
    const lines = (mended: boolean) =>
      [1, 2, 3, 4].map((trial) =>
        record({ trial, steps: [{ ...SAID, content: mended || trial < 3 ? 'Done.' : 'No.' }] }),
      );
    const suite = { tasks: { a: '{ answer: Done. }' }, more: 'pass: { at_least: 3 }\n' };
    writeCase(folder, { lines: lines(false), ...suite });
    expect((await evaluate()).code).toBe(1);
    writeCase(folder, { lines: lines(true), ...suite });
    expect((await evaluate('--failed')).code).toBe(0);
    expect(statusesIn(folder)).toEqual({ 'a#3': 'pass', 'a#4': 'pass' });
  });

  it('refuses more trials in a rule than it is told to run', LONG, async () => {
    writeCase(folder, {
      lines: [record()],
      tasks: { a: NOTHING },
      more: 'pass: { at_least: 3 }\n',
    });
    const { code, stderr } = await evaluate('--trials', '1');
    expect(stderr).toMatch(/at_least: 3 can never be met/);
    expect(code).toBe(2);
  });
});

describe('a stored trajectory', () => {
  it('keeps what nobody knows, where the record names no suite', LONG, async () => {
    const { suite: _, ...nameless } = record({ metadata: { by: 'us' } });
    const line = JSON.stringify(nameless).replace('"by":"us"', '"by":9007199254740993');
    writeCase(folder, { lines: [line], tasks: { a: NOTHING } });
    expect((await evaluate()).code).toBe(0);
    const { stdout } = await runShell('cat .agentops/runs/*/trajectories.jsonl', folder);
    expect(stdout).toContain('"metadata":{"by":9007199254740993}');
    expect(JSON.parse(stdout)).toMatchObject({ suite: 'hostile', task: 'a' });
  });

  it('is the one that was judged, whatever keys a record has', LONG, async () => {
    const more = { record: 'not\na line', end: 1, suite: null, metadata: 'kept' };
    writeCase(folder, { lines: [record(more)], tasks: { a: NOTHING } });
    expect((await evaluate()).code).toBe(0);
    const { stdout } = await runShell('cat .agentops/runs/*/trajectories.jsonl', folder);
    expect(JSON.parse(stdout)).toMatchObject({ ...more, suite: 'hostile', task: 'a' });
  });
});
