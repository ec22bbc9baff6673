import type { GateRule, PlanRow } from '../model/plan.ts';
import type { GateResult, RowResult, RunSummary } from '../model/run.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import { holdGate } from './gate.ts';
import type { GatedRow, RowSpent } from './gated-row.ts';
import { rowStatus } from './row-status.ts';
import { safetyTally } from './safety-tally.ts';

/** A row of a run with its trials, plain values where nothing else is said. */
export interface CountedTrials extends Partial<Omit<PlanRow, 'trials' | 'trial_ids'>> {
  readonly trials: readonly Partial<TrialResult>[];
}

/** A verdict by its path; its kind goes by its root. */
export function verdict(path: string, status: Verdict['status'], more: Partial<Verdict> = {}) {
  const kind = path.startsWith('attacks.') ? 'goal' : /policy|never/.test(path) ? 'safety' : 'rule';
  const score = { pass: 1, fail: 0, error: null }[status];
  const found: Verdict = {
    ...{ path, kind, required: true, status, score, reason: '', evidence: [] },
    ...more,
  };
  return found;
}

/** A trial with the status that its required verdicts give it. */
export function trial(verdicts: readonly Verdict[], more: Partial<TrialResult> = {}) {
  const required = verdicts.filter((one) => one.required);
  const status = (['fail', 'error'] as const).find((one) =>
    required.some((each) => each.status === one),
  );
  return {
    status: status ?? 'pass',
    verdicts: [...verdicts],
    ...more,
  } satisfies Partial<TrialResult>;
}

/** Counts trials as a run does and holds the gate over them. */
export function gateOver(
  rows: readonly CountedTrials[],
  gate: GateRule | null = null,
): GateResult & { rows: RowResult[]; safety: RunSummary['safety']; warnings: string[] } {
  const planned = rows.map(plannedRow);
  const suites = [...new Set(planned.map(({ suite }) => suite))];
  const tally = safetyTally({
    rows: planned,
    suites: suites.map((suite) => ({ suite, file: '', digest: '', gate })),
  });
  const gated = planned.map((row, at): GatedRow => {
    const trials = (rows[at]?.trials ?? []).map((one, index) => trialOf(row, one, index));
    for (const one of trials) tally.add(at, one);
    const result = resultOf(row, trials, (counts) => tally.row(at, counts));
    return { row, result, held: tally.held(at, result), spent: spentOn(trials) };
  });
  const results = gated.map(({ result }) => result);
  const safety = tally.summary();
  const held = holdGate(gated, new Map(suites.map((suite) => [suite, gate])), safety?.attacks);
  return { ...held, rows: results, safety, warnings: tally.warnings() };
}

function plannedRow({ trials, ...row }: CountedTrials, at: number): PlanRow {
  const names = { suite: 'shop', task: `task-${at}`, agent: 'recorded', attack: null };
  return { ...names, tags: [], pass: 'all', trials: trials.length, trial_ids: [], ...row };
}

function trialOf(
  { suite, task, agent, attack }: PlanRow,
  more: Partial<TrialResult>,
  at: number,
): TrialResult {
  return {
    ...{ id: String(at), suite, task, agent, attack, trial: at + 1, status: 'pass', score: 1 },
    ...{ stop: 'completed', turns: 1, tool_calls: 1, input_tokens: null, output_tokens: null },
    ...{ cost_usd: null, duration_ms: null, verdicts: [] },
    ...more,
  } as TrialResult; // every key is there
}

function spentOn(trials: readonly TrialResult[]): RowSpent {
  const ran = trials.filter(({ status }) => status !== 'skip');
  const decided = ran.filter(({ status }) => status !== 'error');
  return {
    cost_usd: trials.reduce((sum, one) => sum + (one.cost_usd ?? 0), 0),
    priced: ran.filter(({ cost_usd }) => cost_usd !== null).length,
    seconds: decided.flatMap(({ duration_ms: ms }) => (ms === null ? [] : [ms / 1000])),
  };
}

function resultOf(
  row: PlanRow,
  trials: readonly TrialResult[],
  safetyOf: (counts: Parameters<typeof rowStatus>[1]) => Partial<RowResult>,
): RowResult {
  const count = (status: TrialResult['status']) =>
    trials.filter((one) => one.status === status).length;
  const counts = {
    passed: count('pass'),
    failed: count('fail'),
    errored: count('error'),
    skipped: count('skip'),
  };
  const { suite, task, agent, attack, skip, quarantine } = row;
  const scored = trials.flatMap(({ score }) => score ?? []);
  return {
    ...{ suite, task, agent, attack, ...(skip !== undefined && { skip }), trials: trials.length },
    ...(quarantine && { quarantine }),
    status: skip === undefined ? rowStatus(row.pass, counts, row.left_out) : 'skip',
    ...counts,
    pass_rate: null,
    score: scored.length === 0 ? null : scored.reduce((a, b) => a + b, 0) / scored.length,
    pass_at_k: {},
    pass_hat_k: {},
    ...safetyOf(counts),
  };
}
