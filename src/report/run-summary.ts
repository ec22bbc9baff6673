import { countsForGate } from '../gate/gated-row.ts';
import { rowStatus } from '../gate/row-status.ts';
import { safetyTally } from '../gate/safety-tally.ts';
import type { PlanRow } from '../model/plan.ts';
import type { RowResult, RunSummary, Totals } from '../model/run.ts';
import type { Status } from '../model/status.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { forEachK, passAtK, passHatK } from '../stats/pass-at-k.ts';
import type { ReportedRun } from './reporter.ts';
import { rowsOfTrials } from './rows.ts';

const NOT_FINISHED = 'The run did not finish: trials that left no record count as skipped';

/** The summary of a run; of one that did not finish, what its trials on disk add up to, with an undecided gate. */
export async function summaryOf(run: ReportedRun): Promise<RunSummary> {
  return run.summary ?? (await addUp(run));
}

async function addUp(run: ReportedRun): Promise<RunSummary> {
  const { plan } = run;
  const tallies = plan.rows.map(newTally);
  const rowOf = rowsOfTrials(run);
  const safety = safetyTally(plan);
  const sums = { cost_usd: null, input_tokens: null, output_tokens: null, duration_ms: null };
  for await (const result of run.trials()) {
    const row = rowOf.get(result.id) ?? -1;
    const tally = tallies[row];
    if (!tally) continue;
    safety.add(row, result);
    tally[result.status]++;
    if (result.score !== null) tally.scores.push(result.score);
    addFigures(sums, result);
  }
  const rows = plan.rows.map((row, index) => {
    const result = rowResult(row, tallies[index] ?? newTally());
    return { ...result, ...safety.row(index, result) };
  });
  const found = safety.summary();
  return {
    schema_version: 1,
    id: run.id,
    started_at: plan.started_at,
    finished_at: null,
    status: 'interrupted',
    agentops_version: plan.agentops_version,
    labels: plan.labels,
    git: plan.git,
    seed: plan.seed,
    plan_digest: plan.plan_digest,
    recordings: {},
    warnings: [],
    totals: { ...totalsOf(rows), ...sums },
    gate: { status: 'error', reasons: [NOT_FINISHED] },
    rows,
    ...(found && { safety: found }),
  };
}

type Tally = Record<Status, number> & { scores: number[] };
type Sums = Pick<Totals, 'cost_usd' | 'input_tokens' | 'output_tokens' | 'duration_ms'>;

function newTally(): Tally {
  return { pass: 0, fail: 0, error: 0, skip: 0, scores: [] };
}

function addFigures(sums: Sums, result: TrialResult): void {
  for (const key of ['cost_usd', 'input_tokens', 'output_tokens', 'duration_ms'] as const) {
    const figure = result[key];
    if (figure !== null) sums[key] = (sums[key] ?? 0) + figure;
  }
}

function rowResult(row: PlanRow, tally: Tally): RowResult {
  const { pass: passed, fail: failed, error: errored } = tally;
  const decided = passed + failed;
  const skipped = row.trials - decided - errored;
  return {
    suite: row.suite,
    task: row.task,
    agent: row.agent,
    attack: row.attack,
    status:
      row.skip === undefined ? rowStatus(row.pass, { passed, failed, errored, skipped }) : 'skip',
    ...(row.skip !== undefined && { skip: row.skip }),
    ...(row.quarantine && { quarantine: row.quarantine }),
    ...(row.digest !== undefined && { digest: row.digest }),
    trials: row.trials,
    passed,
    failed,
    errored,
    skipped,
    pass_rate: decided === 0 ? null : passed / decided,
    score: mean(tally.scores),
    pass_at_k: forEachK(decided, passed, passAtK),
    pass_hat_k: forEachK(decided, passed, passHatK),
  };
}

function totalsOf(rows: readonly RowResult[]): Totals {
  const counted = rows.filter(countsForGate);
  const sum = (figure: (row: RowResult) => number) =>
    rows.reduce((all, row) => all + figure(row), 0);
  return {
    planned: sum(({ trials }) => trials),
    pass: sum(({ passed }) => passed),
    fail: sum(({ failed }) => failed),
    error: sum(({ errored }) => errored),
    skip: sum(({ skipped }) => skipped),
    score: mean(counted.flatMap(({ score }) => score ?? [])),
    pass_rate: mean(counted.flatMap(({ pass_rate }) => pass_rate ?? [])),
    pass_at_k: {},
    pass_hat_k: {},
    cost_usd: null,
    input_tokens: null,
    output_tokens: null,
    duration_ms: null,
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}
