import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffRuns } from '../src/diff/diff-runs.ts';
import { openReportSide } from '../src/diff/report-side.ts';
import { type SampleRow, storeRun, verdict } from '../src/diff/sample-runs.test-support.ts';
import { openStoredSide } from '../src/diff/stored-side.ts';
import type { DiffSummary } from '../src/model/diff.ts';
import { json } from '../src/report/json.ts';
import { openStoredRun } from '../src/store/stored-run.ts';
import { A, B } from './parity/worked-example.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'reports-'));
let files = 0;

function fileOf(text: string): string {
  const file = path.join(folder, `${files++}.json`);
  writeFileSync(file, text);
  return file;
}

async function reportOf(dir: string): Promise<string> {
  const look = { colour: false, width: null, ascii: false };
  let text = '';
  for await (const piece of json.report(await openStoredRun(dir), look)) text += piece;
  return text;
}

function rowsOf(tasks: readonly (readonly number[])[]): SampleRow[] {
  return tasks.map((passes, at) => ({
    task: `t${at}`,
    ends: passes.map((one) => (one === 1 ? 'pass' : 'fail')),
  }));
}

describe('diffRuns()', () => {
  it('gives the figures of the worked example', async () => {
    const [base, head] = [storeRun({ rows: rowsOf(A) }), storeRun({ rows: rowsOf(B) })];
    const { summary } = await diffRuns(await openStoredSide(base), await openStoredSide(head));
    const [passRate] = summary.figures;
    expect(passRate).toMatchObject({ base: 0.65625, head: 0.53125, difference: -0.125, tasks: 8 });
    expect(passRate?.test).toBe('stratified_exact');
    const hat = summary.figures.find(({ key }) => key === 'pass_hat_k');
    expect(hat).toMatchObject({ k: 4, base: 0.375, head: 0.375 });
    const [, two] = summary.figures.filter(({ key }) => key === 'pass_hat_k');
    expect(two?.k).toBe(2);
    expect(two?.base).toBeCloseTo(0.5208333333333334, 12);
    expect(two?.difference).toBeCloseTo(-0.10416666666666667, 12);
    expect(two?.standard_error).toBeCloseTo(0.053983205795288855, 12);
    expect(passRate?.standard_error).toBeCloseTo(0.08838834764831843, 12);
    const [group] = summary.groups;
    expect(group?.errors.random_tasks).toBeCloseTo(0.0472455591261534, 12);
    expect(group?.errors.fixed_tasks).toBeCloseTo(0.08838834764831843, 12);
    expect(group?.tests.stratified?.two_sided).toBeCloseTo(0.2642128279883382, 12);
    expect(group?.tests.sign_flip?.p).toBeCloseTo(0.125, 12);
  });

  it('gives pass^k at the greatest k that every task has', async () => {
    const two = (tasks: readonly (readonly number[])[]) => [
      ...rowsOf(tasks),
      { task: 'short', ends: ['pass', 'pass'] as const },
    ];
    const [base, head] = [storeRun({ rows: two(A) }), storeRun({ rows: two(B) })];
    const { summary } = await diffRuns(await openStoredSide(base), await openStoredSide(head));
    const hat = summary.figures.find(({ key }) => key === 'pass_hat_k');
    expect(hat?.k).toBe(2);
    expect(hat?.difference).toBeCloseTo((-0.10416666666666667 * 8) / 9, 12);
  });
});

describe('openReportSide()', () => {
  const row = (status: 'pass' | 'fail'): SampleRow => ({
    task: '__proto__',
    ends: [
      {
        status,
        verdicts: [
          verdict({ path: 'expect.judge.tone', kind: 'judge', status }),
          verdict({ path: 'policy.deny', kind: 'safety', status }),
        ],
      },
    ],
  });

  it('gives what the folder of the run gives, however the report is laid out', async () => {
    const base = storeRun({ id: 'old', rows: [...rowsOf(A), row('pass')] });
    const head = storeRun({ id: 'new', rows: [...rowsOf(B), row('fail')] });
    const stored = await diffRuns(await openStoredSide(base), await openStoredSide(head));
    const texts = await Promise.all([base, head].map(reportOf));
    for (const space of [0, 2]) {
      const [before = '', after = ''] = texts.map((text) =>
        fileOf(JSON.stringify(JSON.parse(text), null, space)),
      );
      const read = await diffRuns(await openReportSide(before), await openReportSide(after));
      expect(factless(read.summary)).toEqual(factless(stored.summary));
      const [task] = read.tasks();
      expect(task?.verdicts).toEqual([...stored.tasks()][0]?.verdicts);
      expect((task && (await read.pair(task)))?.head).toMatchObject({
        result: { task: task?.task },
        trajectory: null,
      });
    }
  });

  it('reads a baseline, in which rules that passed are not there', async () => {
    const text = JSON.parse(await reportOf(storeRun({ rows: rowsOf(A) })));
    for (const trial of text.trials) {
      trial.verdicts = trial.verdicts.filter((one: { status: string }) => one.status !== 'pass');
    }
    const base = await openReportSide(fileOf(JSON.stringify({ ...text, baseline: { name: 'm' } })));
    const { tasks } = await diffRuns(base, await openStoredSide(storeRun({ rows: rowsOf(B) })));
    expect(base.facts.source).toBe('baseline');
    expect([...tasks()].find(({ task }) => task === 't1')?.verdicts).toMatchObject([
      { base: { passed: 3, failed: 1 }, head: { passed: 2, failed: 2 } },
    ]);
  });

  it.each([
    ['', 'it is empty'],
    ['{"schema_version": 2, "tasks": []}', 'written by a newer agentops'],
    ['{"schema_version": 1, "run": {}, "gate": {}}', 'it has no list "tasks"'],
    [
      '{"schema_version": 1, "tasks": [{"suite": 7}]}',
      'line 1 (byte 32): it is no such record at "suite"',
    ],
    ['{"schema_version": 1, "tasks": []}', 'it is no such record at "gate"'],
  ])('throws at %j', async (text, words) => {
    await expect(openReportSide(fileOf(text))).rejects.toThrow(words);
  });

  it('throws where a report is cut off, with the place', async () => {
    const file = fileOf(await reportOf(storeRun({ rows: rowsOf(A) })));
    const text = readFileSync(file, 'utf8');
    const cut = fileOf(text.slice(0, text.lastIndexOf('"duration_ms"')));
    await expect(openReportSide(cut)).rejects.toThrow(
      /^Cannot read ".*" line \d+ \(byte \d+\): the file ends inside what begins here/,
    );
    const none = fileOf(text.replace('"trials": [', '"others": ['));
    const side = await openReportSide(none);
    await expect(diffRuns(side, side)).rejects.toThrow('it has no list "trials"');
  });
});

/** A summary without what tells where a side was read from and what reports left out. */
function factless({ base, head, ...more }: DiffSummary) {
  const { warnings: _, figures, counts, ...rest } = more;
  return {
    ...rest,
    counts: { ...counts, edit_unknown: 0 },
    figures: figures.filter(({ key }) => key !== 'tokens'),
  };
}
