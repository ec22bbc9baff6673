import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PlanRow } from '../model/plan.ts';
import type { RowResult } from '../model/run.ts';
import type { Status } from '../model/status.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';

/** A trial of a sample: how it ended, or more than that. */
export type SampleTrial = Status | Partial<TrialResult>;

/** A row of a sample with its trials. */
export interface SampleRow extends Partial<PlanRow> {
  readonly ends: readonly SampleTrial[];
  readonly told?: Partial<RowResult>;
}

/** A run to be stored; what is left out is usual. */
export interface SampleRun {
  readonly id?: string;
  readonly rows: readonly SampleRow[];
  readonly suites?: Readonly<Record<string, string>>;
  readonly unfinished?: true;
}

const git = { commit: null, branch: null, dirty: null };

/** Stores a run in a folder of its own and gives the folder. */
export function storeRun({ id = 'run-1', rows, suites = {}, unfinished }: SampleRun): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'diff-'));
  const planned = rows.map(planRow);
  const results = rows.map(({ ends }, at) =>
    ends.map((end, n) => resultOf(planned[at], end, n + 1)),
  );
  const head = { schema_version: 1, id, started_at: '2026-01-01T00:00:00.000Z' };
  const facts = { ...head, agentops_version: '1', labels: {}, git, seed: 0, plan_digest: '' };
  const all = Object.entries({ shop: 'a', ...suites });
  const plan = { suites: all.map(([suite, digest]) => ({ suite, file: '', digest, gate: null })) };
  const write = (name: string, text: string) => writeFileSync(path.join(dir, name), text);
  write('plan.json', JSON.stringify({ ...facts, argv: [], ...plan, rows: planned }));
  write(
    'trials.jsonl',
    results
      .flat()
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  );
  if (unfinished) return dir;
  const ended = planned.map((row, at) => ({
    ...rowResult(row, results[at] ?? []),
    ...rows[at]?.told,
  }));
  const totals = {
    planned: results.flat().length,
    pass: 0,
    fail: 0,
    error: 0,
    skip: 0,
    score: null,
    pass_rate: null,
  };
  const none = { cost_usd: null, input_tokens: null, output_tokens: null, duration_ms: null };
  const run = {
    ...{ finished_at: head.started_at, status: 'completed', recordings: {}, warnings: [] },
    totals: { ...totals, pass_at_k: {}, pass_hat_k: {}, ...none },
    gate: { status: 'fail', reasons: [] },
    rows: ended,
  };
  write('run.json', `${JSON.stringify({ ...facts, ...run })}\n`);
  return dir;
}

/** A verdict that passed unless it is told otherwise. */
export function verdict(more: Partial<Verdict> & Pick<Verdict, 'path'>): Verdict {
  const status = more.status ?? 'pass';
  const score = status === 'error' ? null : Number(status === 'pass');
  return { kind: 'rule', required: true, status, score, reason: '', evidence: [], ...more };
}

function planRow({ ends, told: _, ...more }: SampleRow): PlanRow {
  const row = {
    ...{ suite: 'shop', task: 'refund', agent: 'bot', attack: null, tags: [], digest: 'd' },
    ...{ pass: 'all' as const, trials: ends.length },
    ...more,
  };
  return { ...row, trial_ids: ends.map((_end, at) => idOf(row, at + 1)) };
}

function idOf(row: Pick<PlanRow, 'suite' | 'task' | 'agent' | 'attack'>, trial: number): string {
  return [row.suite, row.task, row.agent, row.attack, trial].join('/');
}

function resultOf(row: PlanRow | undefined, end: SampleTrial, trial: number): TrialResult {
  const { suite = '', task = null, agent = '', attack = null } = row ?? {};
  const told = typeof end === 'string' ? { status: end } : end;
  const status = told.status ?? 'pass';
  const decided = status === 'pass' || status === 'fail';
  return {
    id: idOf({ suite, task, agent, attack }, trial),
    ...{ suite, task, agent, attack, trial, status },
    score: decided ? Number(status === 'pass') : null,
    ...{ stop: 'completed', turns: 1, tool_calls: 2, input_tokens: 90, output_tokens: 10 },
    ...{
      cost_usd: 0.01,
      duration_ms: 1500,
      verdicts: [verdict({ path: 'expect.answer', status: status === 'fail' ? 'fail' : 'pass' })],
    },
    ...told,
  };
}

function rowResult(row: PlanRow, results: readonly TrialResult[]): RowResult {
  const count = (status: Status) => results.filter((one) => one.status === status).length;
  const [passed, failed, errored, skipped] = [
    count('pass'),
    count('fail'),
    count('error'),
    count('skip'),
  ];
  const { suite, task, agent, attack, trials, skip } = row;
  const status = passed === trials ? 'pass' : failed > 0 ? 'fail' : 'error';
  return {
    ...{ suite, task, agent, attack, trials, passed, failed, errored, skipped },
    status: skip === undefined ? status : 'skip',
    pass_rate: passed + failed === 0 ? null : passed / (passed + failed),
    ...{ score: null, pass_at_k: {}, pass_hat_k: {} },
  };
}
