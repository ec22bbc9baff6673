import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Plan } from '../model/plan.ts';
import type { RowResult, RunSummary } from '../model/run.ts';

/** Makes an empty base for stored runs. */
export function emptyBase(): string {
  return mkdtempSync(path.join(tmpdir(), 'agentops-runs-'));
}

/** A row that passed, with what is given in its place. */
export function sampleRow(over: Partial<RowResult> = {}): RowResult {
  return {
    suite: 'shop',
    task: 'refund',
    agent: 'recorded',
    attack: null,
    status: 'pass',
    trials: 1,
    passed: 1,
    failed: 0,
    errored: 0,
    skipped: 0,
    pass_rate: 1,
    score: 1,
    pass_at_k: { '1': 1 },
    pass_hat_k: { '1': 1 },
    ...over,
  };
}

/** A row of one trial that failed. */
export function failedRow(over: Partial<RowResult> = {}): RowResult {
  return sampleRow({ status: 'fail', passed: 0, failed: 1, pass_rate: 0, score: 0, ...over });
}

/** How a stored run is made. */
export interface SampleStored {
  readonly rows?: readonly RowResult[];
  readonly git?: Plan['git'];
  readonly labels?: Readonly<Record<string, string>>;
  /** null: the run did not finish. */
  readonly status?: RunSummary['status'] | null;
}

/** Writes the files of a run as `createRun` and `RunWriter` do, its trials left out; returns its folder. */
export function writeStored(base: string, id: string, sample: SampleStored = {}): string {
  const { rows = [sampleRow()], labels = {}, status = 'completed' } = sample;
  const git = sample.git ?? { commit: null, branch: null, dirty: null };
  const dir = path.join(base, 'runs', id);
  const names = [...new Set(rows.map(({ suite }) => suite))];
  const started_at = '2026-11-20T10:00:00.000Z';
  const head = { schema_version: 1, id, started_at, agentops_version: '0', labels, git, seed: 1 };
  const suites = names.map((suite) => ({
    suite,
    file: `suites/${suite}.suite.yaml`,
    digest: 'd',
    gate: null,
    // A key as that of the rows, where a pattern of the policy has it
    policy: { deny: [{ tool: 'pay', args: { id: 1, rows: [1] } }] },
  }));
  const plan = { ...head, argv: [], suites, plan_digest: 'p' };
  const planned = rows.map(({ suite, task, agent, attack, trials }, row) => {
    const trial_ids = Array.from({ length: trials }, (_, at) => `${row}-${at}`);
    return JSON.stringify({ suite, task, agent, attack, tags: [], pass: 'all', trials, trial_ids });
  });
  mkdirSync(dir, { recursive: true });
  const text = `${JSON.stringify(plan).slice(0, -1)},"rows":[\n${planned.join(',\n')}\n]}\n`;
  writeFileSync(path.join(dir, 'plan.json'), text);
  if (status === null) return dir;
  const sums = { cost_usd: 0.5, input_tokens: 1, output_tokens: 1, duration_ms: 1 };
  const rates = { score: 0.5, pass_rate: 0.5, pass_at_k: {}, pass_hat_k: {} };
  const counts = { planned: rows.length, pass: rows.length, fail: 0, error: 0, skip: 0 };
  const summary = {
    ...head,
    finished_at: started_at,
    status,
    plan_digest: 'p',
    recordings: {},
    warnings: ['Odd: ,"rows":[ stands here'],
    totals: { ...counts, ...rates, ...sums },
    gate: { status: 'pass', reasons: [] },
    rows,
    judges: [],
  };
  writeFileSync(path.join(dir, 'run.json'), `${JSON.stringify(summary)}\n`);
  return dir;
}
