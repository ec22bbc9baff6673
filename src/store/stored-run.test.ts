import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TrialResult } from '../model/trial-result.ts';
import { createRun, type PlanDraft } from './create-run.ts';
import { openStoredRun, type StoredRun } from './stored-run.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'store-'));
});

const git = { commit: null, branch: null, dirty: null };
const rowOf = (task: string, ids: readonly string[], agent = 'recorded') => ({
  suite: 'shop',
  task,
  agent,
  attack: null,
  tags: [],
  pass: 'all' as const,
  trials: ids.length,
  trial_ids: [...ids],
});

function planOf(...rows: PlanDraft['rows']): PlanDraft {
  return {
    schema_version: 1,
    started_at: '2026-11-22T17:00:00.000Z',
    agentops_version: '0.1.0',
    labels: {},
    git,
    seed: 1,
    argv: ['eval'],
    suites: [{ suite: 'shop', file: 'suites/shop.suite.yaml', digest: 'ab', gate: null }],
    plan_digest: 'cd',
    rows,
  };
}

function resultOf(id: string, rest: Partial<TrialResult> = {}): TrialResult {
  return {
    id,
    suite: 'shop',
    task: 'refund',
    agent: 'recorded',
    attack: null,
    trial: 1,
    status: 'pass',
    score: 1,
    stop: 'completed',
    turns: 1,
    tool_calls: 0,
    input_tokens: null,
    output_tokens: null,
    cost_usd: null,
    duration_ms: null,
    verdicts: [],
    ...rest,
  };
}

const trajectoryOf = (task: string) =>
  JSON.stringify({
    schema_version: 1,
    task,
    agent: 'recorded',
    trial: 1,
    steps: [],
    stop: 'completed',
  });

const start = (plan: PlanDraft, rest = {}) =>
  createRun({ base, plan, now: () => Date.UTC(2026, 10, 22, 17), random: Math.random, ...rest });

async function idsOf(run: StoredRun): Promise<string[]> {
  const ids = [];
  for await (const { id } of run.trials()) ids.push(id);
  return ids;
}

const refund = rowOf('refund', ['a1', 'a2', 'a3']);
const cancel = rowOf('cancel', ['b1', 'b2']);

/** A run in which these trials were stored, in this order. */
async function runWith(...ids: string[]): Promise<string> {
  const writer = await start(planOf(refund, cancel));
  for (const id of ids) writer.append(resultOf(id), trajectoryOf(id));
  await writer.close();
  return writer.dir;
}

describe('openStoredRun()', () => {
  it('gives back what was written', async () => {
    const writer = await start(planOf(refund, cancel));
    const stored = writer.append(resultOf('a1'), trajectoryOf('é'));
    writer.append(resultOf('a2', { status: 'error', score: null }), null);
    const totals = {
      planned: 2,
      pass: 1,
      fail: 0,
      error: 1,
      skip: 0,
      score: 1,
      pass_rate: 1,
      pass_at_k: {},
      pass_hat_k: {},
      cost_usd: null,
      input_tokens: null,
      output_tokens: null,
      duration_ms: null,
    };
    const { rows: _rows, suites: _suites, argv: _argv, ...head } = writer.plan;
    await writer.finish({
      ...head,
      schema_version: 1,
      finished_at: null,
      status: 'completed',
      recordings: {},
      warnings: [],
      totals,
      gate: { status: 'pass', reasons: [] },
      rows: [],
    });

    const run = await openStoredRun(writer.dir);
    expect(run.id).toBe(writer.id);
    expect(run.plan.rows).toEqual([refund, cancel]);
    expect(run.summary?.totals).toEqual(totals);
    expect(run.warnings).toEqual([]);
    const results = [];
    for await (const result of run.trials()) results.push(result);
    expect(results[0]).toEqual(stored);
    expect(await run.trajectory(stored)).toMatchObject({ task: 'é' });
    expect(results[1]).toMatchObject({ id: 'a2', trajectory: null });
    expect(await run.trajectory(results[1] as TrialResult)).toBe(null);
    run.close();
  });

  it('says that a run did not finish', async () => {
    const run = await openStoredRun(await runWith('a1'));
    expect(run.summary).toBe(null);
    expect(run.warnings).toEqual([`Run ${run.id} did not finish: it has no run.json`]);
  });

  it('gives results in plan order, whatever the order in which they were written', async () => {
    const orders = [
      ['a1', 'a2', 'a3', 'b1', 'b2'],
      ['b2', 'a3', 'a1', 'b1', 'a2'],
      ['a1', 'b2', 'a3'],
      ['b1'],
    ];
    for (const order of orders) {
      const run = await openStoredRun(await runWith(...order));
      expect(await idsOf(run)).toEqual([...order].sort());
    }
  });

  it('drops a torn last line with a warning, but not a whole one', async () => {
    const dir = await runWith('a1', 'a2', 'b1');
    const trials = path.join(dir, 'trials.jsonl');
    truncateSync(trials, statSync(trials).size - 1);
    expect(await idsOf(await openStoredRun(dir))).toEqual(['a1', 'a2', 'b1']);
    truncateSync(trials, statSync(trials).size - 1);
    const run = await openStoredRun(dir);
    expect(await idsOf(run)).toEqual(['a1', 'a2']);
    expect(run.warnings).toContain(`The last line of "${trials}" is torn, it was left out`);
  });

  it('drops a torn last line of any length', async () => {
    const dir = await runWith('a1');
    const trajectories = path.join(dir, 'trajectories.jsonl');
    appendFileSync(trajectories, `{"steps": "${'x'.repeat(200_000)}`);
    const run = await openStoredRun(dir);
    expect(run.warnings).toContain(`The last line of "${trajectories}" is torn, it was left out`);
    expect(await idsOf(run)).toEqual(['a1']);
  });

  it('refuses a broken line that is not the last, with line and byte', async () => {
    const dir = await runWith('a1');
    const trials = path.join(dir, 'trials.jsonl');
    const byte = statSync(trials).size;
    appendFileSync(trials, `{"id": "a2", \n${JSON.stringify(resultOf('a3'))}\n`);
    await expect(idsOf(await openStoredRun(dir))).rejects.toMatchObject({
      code: 'store_fault',
      message: expect.stringContaining(
        `Cannot read "${trials}" line 2 (byte ${byte}): it is broken`,
      ),
    });
  });

  it('refuses a result that is none, stands twice, or is not planned', async () => {
    for (const [line, words] of [
      [{ id: 'a2', status: 'passed' }, 'it is no such record'],
      [resultOf('a1'), 'trial "a1" stands there twice'],
      [resultOf('zz'), 'trial "zz" stands there twice, or is not in the plan'],
    ] as const) {
      const dir = await runWith('a1');
      appendFileSync(path.join(dir, 'trials.jsonl'), `${JSON.stringify(line)}\n`);
      await expect(idsOf(await openStoredRun(dir))).rejects.toThrow(words);
    }
  });

  it('refuses what a newer agentops wrote', async () => {
    const dir = await runWith('a1');
    const plan = path.join(dir, 'plan.json');
    writeFileSync(
      plan,
      readFileSync(plan, 'utf8').replace('"schema_version":1', '"schema_version":2'),
    );
    await expect(openStoredRun(dir)).rejects.toMatchObject({
      code: 'store_fault',
      message: `Cannot read "${plan}": it was written by a newer agentops (schema_version 2, this one reads 1), update agentops to read it`,
    });
  });

  it('refuses a folder that holds no run, and a broken plan', async () => {
    await expect(openStoredRun(base)).rejects.toThrow(
      `Cannot read "${base}": it holds no plan.json`,
    );
    mkdirSync(path.join(base, 'x'));
    writeFileSync(path.join(base, 'x', 'plan.json'), '{"schema_version": 1,');
    await expect(openStoredRun(path.join(base, 'x'))).rejects.toThrow('it is not valid JSON');
  });

  it('refuses a trajectory that is not where the result says', async () => {
    const dir = await runWith('a1');
    const run = await openStoredRun(dir);
    const at = (offset: number, bytes: number) =>
      run.trajectory(resultOf('a1', { trajectory: { offset, bytes } }));
    await expect(at(1, 20)).rejects.toMatchObject({ code: 'store_fault' });
    await expect(at(0, 20_000)).rejects.toThrow('it ends before byte 20000');
  });
});

describe('StoredRun.find()', () => {
  const other = rowOf('cancel', ['c1'], 'live');
  async function open() {
    const writer = await start(
      planOf(refund, rowOf('cancel', ['b1', 'b2']), other, rowOf('refund#2', ['d1'])),
    );
    for (const id of ['a1', 'a2', 'a3', 'b1', 'c1', 'd1']) {
      writer.append(resultOf(id, { status: id === 'a2' ? 'fail' : 'pass' }), null);
    }
    await writer.close();
    return openStoredRun(writer.dir);
  }

  it.each([
    ['a3', 'a3'],
    ['c', 'c1'],
    ['refund', 'a2'],
    ['refund#3', 'a3'],
    ['refund#2', 'd1'],
    ['shop/refund', 'a2'],
    ['cancel/live', 'c1'],
    ['shop/cancel/recorded#1', 'b1'],
  ])('takes %s for trial %s', async (reference, id) => {
    expect((await (await open()).find(reference)).id).toBe(id);
  });

  it.each([
    [
      'cancel',
      'Cannot tell which trial "cancel" is: it may be shop/cancel/recorded, shop/cancel/live',
    ],
    ['a', 'Cannot tell which trial "a" is: it may be a1, a2, a3'],
    ['refund#9', 'Cannot find the trial "refund#9": the trials of refund are 1 to 3'],
    ['refunt', 'Cannot find the trial "refunt": did you mean "refund"?'],
    ['', 'expected an id'],
    ['b2', 'Cannot find a result of the trial "b2": the run ended before there was one'],
  ])('refuses %s', async (reference, message) => {
    const run = await open();
    await expect(run.find(reference)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });
});
