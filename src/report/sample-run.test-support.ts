import type { Plan, PlanRow } from '../model/plan.ts';
import type { RowResult, RunSummary, Totals } from '../model/run.ts';
import type { Status } from '../model/status.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import type { ReportedRun } from './reporter.ts';

/** A row of a run that exists only in a test: its trials are given, the rest has plain values. */
export interface SampleRow
  extends Partial<
    Pick<PlanRow, 'suite' | 'task' | 'agent' | 'attack' | 'skip' | 'quarantine' | 'pass' | 'at'>
  > {
  readonly trials: readonly Partial<TrialResult>[];
  readonly status?: Status;
  readonly result?: Partial<RowResult>;
}

/** Builds a run from plain objects, for tests of what reads runs. */
export function sampleRun(
  rows: readonly SampleRow[],
  more: { summary?: Partial<RunSummary> | null; warnings?: string[]; trajectory?: Trajectory } = {},
): ReportedRun {
  const results = rows.map((row, index) => trialsOf(row, index));
  const plan = planOf(rows, results);
  const summary = more.summary === null ? null : summaryFor(plan, rows, results, more.summary);
  return {
    id: plan.id,
    dir: `/project/.agentops/runs/${plan.id}`,
    plan,
    summary,
    warnings: more.warnings ?? [],
    async *trials() {
      for (const trials of results) yield* trials;
    },
    trajectory: async () => more.trajectory ?? null,
  };
}

/** A verdict with plain values where nothing else is said. */
export function sampleVerdict(verdict: Partial<Verdict> = {}): Verdict {
  return {
    path: 'expect.never',
    kind: 'rule',
    required: true,
    status: 'fail',
    score: 0,
    reason: 'cancel_order was called',
    evidence: [1],
    ...verdict,
  };
}

function trialsOf(row: SampleRow, index: number): TrialResult[] {
  return row.trials.map((trial, at) => ({
    id: `${index}-${at}`.padEnd(64, '0'),
    suite: row.suite ?? 'shop-support',
    task: row.task === undefined ? `task-${index}` : row.task,
    agent: row.agent ?? 'recorded',
    attack: row.attack ?? null,
    trial: at + 1,
    status: 'pass',
    score: trial.status === 'error' ? null : trial.status === 'fail' ? 0 : 1,
    stop: 'completed',
    turns: 2,
    tool_calls: 1,
    input_tokens: null,
    output_tokens: null,
    cost_usd: null,
    duration_ms: null,
    verdicts: [],
    ...trial,
  }));
}

function planOf(rows: readonly SampleRow[], results: readonly TrialResult[][]): Plan {
  return {
    schema_version: 1,
    id: '20261122-171100-abc',
    started_at: '2026-11-22T17:11:00.000Z',
    agentops_version: '0.1.0',
    labels: {},
    git: { commit: null, branch: null, dirty: null },
    seed: 1,
    argv: [],
    suites: [],
    plan_digest: 'd'.repeat(64),
    rows: rows.map(({ trials, status, result, ...row }, index) => ({
      suite: 'shop-support',
      task: `task-${index}`,
      agent: 'recorded',
      attack: null,
      tags: [],
      pass: 'all',
      trials: Math.max(trials.length, 1),
      trial_ids: (results[index] ?? []).map(({ id }) => id),
      ...row,
    })),
  };
}

function summaryFor(
  plan: Plan,
  rows: readonly SampleRow[],
  results: readonly TrialResult[][],
  more: Partial<RunSummary> = {},
): RunSummary {
  const rowResults = plan.rows.map((row, at) => rowFor(row, rows[at], results[at] ?? []));
  const { schema_version, id, started_at, agentops_version, labels, git, seed, plan_digest } = plan;
  return {
    schema_version,
    id,
    started_at,
    finished_at: '2026-11-22T17:11:03.400Z',
    status: 'completed',
    agentops_version,
    labels,
    git,
    seed,
    plan_digest,
    recordings: {},
    warnings: [],
    totals: totalsFor(rowResults),
    gate: { status: 'pass', reasons: [] },
    rows: rowResults,
    ...more,
  };
}

function rowFor(
  row: PlanRow,
  sample: SampleRow | undefined,
  trials: readonly TrialResult[],
): RowResult {
  const count = (status: Status) => trials.filter((trial) => trial.status === status).length;
  const decided = count('pass') + count('fail');
  const worst = (['fail', 'error', 'skip'] as const).find((status) => count(status) > 0);
  return {
    suite: row.suite,
    task: row.task,
    agent: row.agent,
    attack: row.attack,
    status: sample?.status ?? worst ?? 'pass',
    ...(row.skip !== undefined && { skip: row.skip }),
    ...(row.quarantine && { quarantine: row.quarantine }),
    trials: row.trials,
    passed: count('pass'),
    failed: count('fail'),
    errored: count('error'),
    skipped: count('skip'),
    pass_rate: decided === 0 ? null : count('pass') / decided,
    score: decided === 0 ? null : count('pass') / decided,
    pass_at_k: {},
    pass_hat_k: {},
    ...sample?.result,
  };
}

function totalsFor(rows: readonly RowResult[]): Totals {
  const sum = (figure: (row: RowResult) => number) =>
    rows.reduce((all, row) => all + figure(row), 0);
  return {
    planned: sum(({ trials }) => trials),
    pass: sum(({ passed }) => passed),
    fail: sum(({ failed }) => failed),
    error: sum(({ errored }) => errored),
    skip: sum(({ skipped }) => skipped),
    score: null,
    pass_rate: null,
    pass_at_k: {},
    pass_hat_k: {},
    cost_usd: null,
    input_tokens: null,
    output_tokens: null,
    duration_ms: null,
  };
}
