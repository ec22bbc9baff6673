import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { attackedRun, attackedTrial } from './attacked-run.test-support.ts';
import { ctrf } from './ctrf.ts';
import type { ReportedRun } from './reporter.ts';
import { sampleRun, sampleVerdict } from './sample-run.test-support.ts';

const LOOK = { colour: false, width: null, ascii: false };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;
const schema = new URL('./ctrf.schema.test-support.json', import.meta.url);
const isValid = new Ajv({ strict: false, formats: { uuid: UUID } }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

async function read(run: ReportedRun) {
  let text = '';
  for await (const piece of ctrf.report(run, LOOK)) text += piece;
  const found = JSON.parse(text);
  isValid(found);
  expect(isValid.errors ?? []).toEqual([]);
  return found.results;
}

const bad = { status: 'fail' as const, duration_ms: 10.4, verdicts: [sampleVerdict()] };

describe('ctrf.report()', () => {
  it('writes a test for each task, agent and attack, and counts them right', async () => {
    const at = { file: 'suites/a.suite.yaml', line: 7 };
    const run = sampleRun([
      { task: 'a', at, trials: [{ duration_ms: 1.2 }, bad] },
      { task: 'b', attack: 'phish', trials: [{}] },
      { task: 'c', trials: [{ status: 'error', reason: 'Torn' }] },
      { task: 'd', skip: 'Not now', trials: [{ status: 'skip' }] },
      { task: 'e', status: 'pass', trials: [bad, {}] },
      { task: null, trials: [{}] },
    ]);
    const { summary, tests, tool } = await read({ ...run, folder: 'shop' });
    expect(tool.name).toBe('agentops');
    expect(summary).toMatchObject({
      ...{ tests: 6, passed: 3, failed: 1, skipped: 1, pending: 0, other: 1, flaky: 1, suites: 1 },
      ...{ start: 1795367460000, stop: 1795367463400, duration: 3400 },
    });
    expect(tests[0]).toMatchObject({
      ...{ name: 'a', status: 'failed', rawStatus: 'fail', duration: 12 },
      suite: ['shop-support', 'recorded'],
      message: '1 of 2 trials passed; expect.never: cancel_order was called',
      trace: 'trial 2: fail\n  expect.never: cancel_order was called\n',
      ...{ filePath: 'shop/suites/a.suite.yaml', line: 7 },
      extra: { trials: { planned: 2, passed: 1, failed: 1, errored: 0, skipped: 0 } },
    });
    expect(tests[0].flaky).toBeUndefined();
    expect(tests[1]).toMatchObject({
      ...{
        name: 'b under attack phish',
        status: 'passed',
        suite: ['shop-support', 'recorded', 'phish'],
      },
    });
    expect(tests[2]).toMatchObject({ status: 'other', rawStatus: 'error', message: 'Torn' });
    expect(tests[3]).toMatchObject({ status: 'skipped', message: 'Not now' });
    expect(tests[4]).toMatchObject({ status: 'passed', flaky: true });
    expect(tests[5].name).toBe('no task named');
    expect(new Set(tests.map(({ id }: { id: string }) => id)).size).toBe(6);
  });

  it('gives a test the same id in every run', async () => {
    const idOf = async (trials: number) =>
      (await read(sampleRun([{ task: 'a', trials: Array.from({ length: trials }, () => ({})) }])))
        .tests[0].id;
    expect(await idOf(1)).toBe(await idOf(3));
  });

  it('fails nothing that is in quarantine, but for violations', async () => {
    const quarantine = { until: '2026-12-01', owner: 'ana' };
    const { tests } = await read(sampleRun([{ quarantine, trials: [bad] }]));
    expect(tests[0]).toMatchObject({
      ...{ status: 'skipped', rawStatus: 'fail', tags: ['quarantined'], extra: { quarantine } },
      message: 'In quarantine until 2026-12-01, owner ana; expect.never: cancel_order was called',
    });
    const violated = await attackedRun([
      { attack: 'x', quarantine, trials: [attackedTrial(true, 'fail')] },
    ]);
    expect((await read(violated)).tests[0].status).toBe('failed');
  });

  it('has a test for a gate that did not pass where no other test says so', async () => {
    const gate = { status: 'fail' as const, reasons: ['pass_rate is 0.9, wanted at least 0.95'] };
    const { summary, tests } = await read(sampleRun([{ trials: [{}] }], { summary: { gate } }));
    expect(summary).toMatchObject({ tests: 2, passed: 1, failed: 1 });
    expect(tests[1]).toMatchObject({ name: 'gate', status: 'failed', message: gate.reasons[0] });
    const told = await read(sampleRun([{ trials: [bad] }], { summary: { gate } }));
    expect(told.tests).toHaveLength(1);
  });

  it('bears a run without rows, and one that did not finish', async () => {
    expect((await read(sampleRun([]))).tests).toEqual([]);
    const { summary } = await read(sampleRun([{ trials: [{}] }], { summary: null }));
    expect(summary.stop).toBe(summary.start);
  });
});
