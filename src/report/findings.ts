import type { PlanRow } from '../model/plan.ts';
import type { RunSummary } from '../model/run.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import { type MetricFigures, noteMetrics } from './metric-tables.ts';
import type { ReportedRun } from './reporter.ts';

/** Trials of one row that went wrong in the same way. */
export interface Finding {
  /** The first of them. */
  readonly result: TrialResult;
  readonly row: PlanRow | undefined;
  /** Numbers of the first of them. */
  readonly numbers: number[];
  /** How many they are. */
  count: number;
}

/** Findings up to a number, and the trials beyond. */
export interface FindingList {
  readonly shown: Finding[];
  /** Trials that no shown finding stands for. */
  left: number;
}

/** Why trials were not run. */
export interface SkipGroup {
  readonly reason: string;
  readonly firstTask: string | null;
  trials: number;
}

/** What a person must hear of in a run, of bounded size however large the run is. */
export interface Findings {
  readonly failures: FindingList;
  readonly errors: FindingList;
  readonly skips: SkipGroup[];
  /** Preferences that could not be decided; they leave the status of their trial alone. */
  readonly undecided: { count: number; first: Verdict | null };
  /** Metrics that were asked for. */
  readonly metrics: MetricFigures;
}

type RowNames = Pick<TrialResult, 'suite' | 'task' | 'agent' | 'attack'>;

const MOST_SHOWN = 20;
const MOST_NUMBERS = 10;
const MOST_REASONS = 20;

/** Reads the trials of a run once and keeps what went wrong. */
export async function collectFindings(run: ReportedRun, summary: RunSummary): Promise<Findings> {
  const findings: Findings = {
    failures: { shown: [], left: 0 },
    errors: { shown: [], left: 0 },
    skips: [],
    undecided: { count: 0, first: null },
    metrics: new Map(),
  };
  const explained = new Set(summary.rows.filter(({ skip }) => skip !== undefined).map(rowKey));
  if (run.uneventful) return findings;
  for await (const result of run.trials()) {
    noteUndecided(findings, result);
    noteMetrics(findings.metrics, result);
    if (result.status === 'fail') noteFinding(findings.failures, result, run);
    if (result.status === 'error') noteFinding(findings.errors, result, run);
    if (result.status === 'skip' && !explained.has(rowKey(result))) noteSkip(findings, result);
  }
  return findings;
}

/** The verdicts that a person must hear of: what failed or could not be decided, required ones first. */
export function badVerdicts(result: TrialResult): Verdict[] {
  const bad = result.verdicts.filter(({ status }) => status !== 'pass');
  return [...bad.filter(({ required }) => required), ...bad.filter(({ required }) => !required)];
}

function noteUndecided({ undecided }: Findings, result: TrialResult): void {
  for (const verdict of result.verdicts) {
    if (verdict.required || verdict.status !== 'error') continue;
    undecided.count++;
    undecided.first ??= verdict;
  }
}

function noteFinding(list: FindingList, result: TrialResult, run: ReportedRun): void {
  const twin = list.shown.find((finding) => isTwin(finding.result, result));
  if (twin) {
    twin.count++;
    if (twin.numbers.length < MOST_NUMBERS) twin.numbers.push(result.trial);
  } else if (list.shown.length < MOST_SHOWN) {
    const row = run.plan.rows.find(
      (each) => isSameRow(each, result) && each.trial_ids.includes(result.id),
    );
    list.shown.push({ result, row, numbers: [result.trial], count: 1 });
  } else list.left++;
}

function noteSkip({ skips }: Findings, result: TrialResult): void {
  const reason = result.reason ?? 'Not run';
  const known = skips.find((group) => group.reason === reason);
  if (known) known.trials++;
  else if (skips.length < MOST_REASONS) skips.push({ reason, firstTask: result.task, trials: 1 });
}

/** Tells whether two trials of one row say the same; records that name no task stay apart. */
function isTwin(a: TrialResult, b: TrialResult): boolean {
  return a.task !== null && isSameRow(a, b) && story(a) === story(b);
}

function isSameRow(a: RowNames, b: RowNames): boolean {
  return a.task === b.task && a.attack === b.attack && a.agent === b.agent && a.suite === b.suite;
}

function rowKey(row: RowNames): string {
  return JSON.stringify([row.suite, row.task, row.agent, row.attack]);
}

function story(result: TrialResult): string {
  const verdicts = badVerdicts(result).map(({ path, status, reason }) => [path, status, reason]);
  return JSON.stringify([result.reason ?? null, result.stop, verdicts]);
}
