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
      expect(stderr).toBe('error: Cannot write "/dev/full": no space is left on the disk\n');
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
      expect(stderr).toBe('error: Cannot write "standard output": no space is left on the disk\n');
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
