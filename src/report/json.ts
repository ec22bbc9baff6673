import type { PlanRow } from '../model/plan.ts';
import type {
  ReportedRunFacts,
  ReportedTask,
  ReportedTotals,
  ReportedTrial,
} from '../model/report.ts';
import type { RowResult, RunSummary, Totals } from '../model/run.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import { jsonLine } from './json-text.ts';
import type { ReportedRun, Reporter } from './reporter.ts';
import { comparisonOf } from './run-comparison.ts';
import { summaryOf } from './run-summary.ts';

/** For programs: the whole run as one JSON document with a task or a trial a line. */
export const json: Reporter = {
  key: 'json',
  words: 'The whole run as JSON, for programs',
  report,
};

async function* report(run: ReportedRun): AsyncIterable<string> {
  const summary = await summaryOf(run);
  yield '{\n"schema_version": 1,\n';
  yield `"run": ${jsonLine(factsOf(run, summary))},\n`;
  yield `"totals": ${jsonLine(totalsOf(summary.totals))},\n`;
  yield `"gate": ${jsonLine({ status: summary.gate.status, reasons: summary.gate.reasons })},\n`;
  if (summary.judges) yield `"judges": ${jsonLine(summary.judges)},\n`;
  if (summary.safety) yield `"safety": ${jsonLine(summary.safety)},\n`;
  const comparison = comparisonOf(run, summary);
  if (comparison) yield `"comparison": ${jsonLine(comparison)},\n`;
  yield '"tasks": [';
  yield* elements(summary.rows, (row, at) => taskOf(row, run.plan.rows[at]));
  yield '],\n"trials": [';
  yield* elements(run.trials(), trialOf);
  yield ']\n}\n';
}

async function* elements<T>(
  items: Iterable<T> | AsyncIterable<T>,
  shape: (item: T, at: number) => unknown,
): AsyncIterable<string> {
  let separator = '\n';
  let at = 0;
  for await (const item of items) {
    yield separator + jsonLine(shape(item, at++));
    separator = ',\n';
  }
  if (separator !== '\n') yield '\n';
}

function factsOf({ plan }: ReportedRun, summary: RunSummary): ReportedRunFacts {
  const { commit, branch, dirty } = summary.git;
  return {
    id: summary.id,
    started_at: summary.started_at,
    finished_at: summary.finished_at,
    status: summary.status,
    agentops_version: summary.agentops_version,
    labels: summary.labels,
    git: { commit, branch, dirty },
    seed: summary.seed,
    plan_digest: summary.plan_digest,
    suites: Object.fromEntries(plan.suites.map(({ suite, digest }) => [suite, digest])),
  };
}

function totalsOf(totals: Totals): ReportedTotals {
  return {
    planned: totals.planned,
    pass: totals.pass,
    fail: totals.fail,
    error: totals.error,
    skip: totals.skip,
    score: totals.score,
    pass_rate: totals.pass_rate,
    cost_usd: totals.cost_usd,
    input_tokens: totals.input_tokens,
    output_tokens: totals.output_tokens,
    duration_ms: totals.duration_ms,
    ...present(totals, JUDGES_OF_RUN),
    ...(totals.blast_radius && { blast_radius: totals.blast_radius }),
  };
}

function taskOf(row: RowResult, planned: PlanRow | undefined): ReportedTask {
  return {
    suite: row.suite,
    task: row.task,
    agent: row.agent,
    attack: row.attack,
    status: row.status,
    ...present(row, ['skip', 'quarantine', 'digest']),
    ...(planned && { pass: planned.pass }),
    trials: row.trials,
    passed: row.passed,
    pass_rate: row.pass_rate,
    score: row.score,
    pass_at_k: row.pass_at_k,
    pass_hat_k: row.pass_hat_k,
    ...present(row, SAFETY_OF_ROW),
  };
}

const SAFETY_OF_ROW = [
  'violations',
  'not_tolerated',
  'violated',
  'unsure',
  'gate_status',
  'outcomes',
] as const;

const JUDGES_OF_RUN = ['judge_cost_usd', 'judge_input_tokens', 'judge_output_tokens'] as const;

const SAFETY_OF_TRIAL = ['delivered', 'entry_tools', 'blast_radius', 'unjudged'] as const;

/** The keys of a record that are there. */
function present<Record extends object, Key extends keyof Record>(
  record: Record,
  keys: readonly Key[],
): Partial<Pick<Record, Key>> {
  const found: Partial<Pick<Record, Key>> = {};
  for (const key of keys) if (record[key] !== undefined) found[key] = record[key];
  return found;
}

function trialOf(result: TrialResult): ReportedTrial {
  return {
    id: result.id,
    suite: result.suite,
    task: result.task,
    agent: result.agent,
    attack: result.attack,
    trial: result.trial,
    status: result.status,
    score: result.score,
    stop: result.stop,
    reason: result.reason ?? null,
    turns: result.turns,
    tool_calls: result.tool_calls,
    input_tokens: result.input_tokens,
    output_tokens: result.output_tokens,
    cost_usd: result.cost_usd,
    ...present(result, ['judge_cost_usd']),
    duration_ms: result.duration_ms,
    ...present(result, SAFETY_OF_TRIAL),
    verdicts: result.verdicts.map(verdictOf),
  };
}

function verdictOf(verdict: Verdict): Verdict {
  return {
    path: verdict.path,
    kind: verdict.kind,
    required: verdict.required,
    status: verdict.status,
    score: verdict.score,
    reason: verdict.reason,
    evidence: verdict.evidence,
    ...(verdict.details !== undefined && { details: verdict.details }),
  };
}
