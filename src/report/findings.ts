import type { PlanRow } from '../model/plan.ts';
import type { RowResult, RunSummary } from '../model/run.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import { isSafety } from '../safety/trial-outcomes.ts';
import { type MetricFigures, noteMetrics } from './metric-tables.ts';
import type { ReportedRun } from './reporter.ts';

/** Trials of one row that went wrong in the same way. */
export interface Finding {
  /** The first of them. */
  readonly result: TrialResult;
  row: PlanRow | undefined;
  /** Numbers of the first of them. */
  readonly numbers: number[];
  /** How many they are. */
  count: number;
  /** The smaller, the worse. */
  readonly rank: number;
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
  /** Trials that no gate forgives: something happened that never must. */
  readonly violations: FindingList;
  /** Trials that failed by violations alone which the gate tolerates. */
  readonly tolerated: FindingList;
  /** Trials that failed, and that were in error; those of rows in quarantine are in neither list. */
  readonly failures: FindingList;
  readonly errors: FindingList;
  /** What went wrong in rows that are in quarantine, violations aside. */
  readonly quarantined: FindingList;
  readonly skips: SkipGroup[];
  /** Preferences that could not be decided; they leave the status of their trial alone. */
  readonly undecided: { count: number; first: Verdict | null };
  /** Metrics that were asked for. */
  readonly metrics: MetricFigures;
}

type RowNames = Pick<TrialResult, 'suite' | 'task' | 'agent' | 'attack'>;

const LISTS = ['violations', 'tolerated', 'failures', 'errors', 'quarantined'] as const;
const MOST_SHOWN = 20;
const MOST_NUMBERS = 10;
const MOST_REASONS = 20;

/** Reads the trials of a run once and keeps what went wrong: the first of it in plan order, or the rows with the lowest pass rates. */
export async function collectFindings(
  run: ReportedRun,
  summary: RunSummary,
  order: 'plan' | 'worst' = 'plan',
): Promise<Findings> {
  const findings: Findings = {
    violations: { shown: [], left: 0 },
    tolerated: { shown: [], left: 0 },
    failures: { shown: [], left: 0 },
    errors: { shown: [], left: 0 },
    quarantined: { shown: [], left: 0 },
    skips: [],
    undecided: { count: 0, first: null },
    metrics: new Map(),
  };
  const explained = new Set(summary.rows.filter(({ skip }) => skip !== undefined).map(rowKey));
  if (run.uneventful) return findings;
  const tolerant = new Map(summary.rows.flatMap(toleratedIn));
  const away = new Set(summary.rows.filter(({ quarantine }) => quarantine).map(rowKey));
  const ranks = order === 'worst' ? new Map(summary.rows.flatMap(rankOf)) : null;
  for await (const result of run.trials()) {
    noteUndecided(findings, result);
    noteMetrics(findings.metrics, result);
    const key = rowKey(result);
    const list = listFor(result, tolerant.get(key) ?? NONE, away.has(key));
    if (list)
      noteFinding(
        findings[list],
        result,
        ranks?.get(key) ?? (ranks && result.status === 'pass' ? 1 : 0),
      );
    if (result.status === 'skip' && !explained.has(key)) noteSkip(findings, result);
  }
  for (const list of LISTS) finish(findings[list].shown, run);
  return findings;
}

/** The verdicts that a person must hear of: what failed or could not be decided, violations first, then required ones. */
export function badVerdicts(result: TrialResult): Verdict[] {
  const bad = result.verdicts.filter(({ status }) => status !== 'pass');
  const violations = bad.filter(isViolation);
  const others = bad.filter((verdict) => !isViolation(verdict));
  const required = others.filter((verdict) => verdict.required);
  return [...violations, ...required, ...others.filter((verdict) => !verdict.required)];
}

function isViolation(verdict: Verdict): boolean {
  return verdict.status === 'fail' && isSafety(verdict);
}

const NONE: ReadonlySet<string> = new Set();

/** The paths whose violations the gate tolerates in a row, by the key of the row. */
function toleratedIn(row: RowResult): [string, ReadonlySet<string>][] {
  const paths = (row.violated ?? []).filter(({ tolerated }) => tolerated !== undefined);
  return paths.length === 0 ? [] : [[rowKey(row), new Set(paths.map(({ path }) => path))]];
}

/** How bad a row is, where some of its trials passed and others did not: of all others each trial tells it alone. */
function rankOf(row: RowResult): [string, number][] {
  return row.passed === 0 || row.passed === row.trials ? [] : [[rowKey(row), row.pass_rate ?? 0]];
}

/** The list that a trial belongs to, null for none. */
function listFor(
  { status, verdicts }: TrialResult,
  tolerated: ReadonlySet<string>,
  isAway: boolean,
): (typeof LISTS)[number] | null {
  const violations = verdicts.filter(isViolation);
  if (violations.some(({ path }) => !tolerated.has(path))) return 'violations';
  if (isAway) return status === 'fail' || status === 'error' ? 'quarantined' : null;
  if (status === 'error') return 'errors';
  if (status !== 'fail') return null;
  const failed = verdicts.filter((verdict) => verdict.required && verdict.status === 'fail');
  return failed.length > 0 && failed.length === violations.length ? 'tolerated' : 'failures';
}

function noteUndecided({ undecided }: Findings, result: TrialResult): void {
  for (const verdict of result.verdicts) {
    if (verdict.required || verdict.status !== 'error') continue;
    undecided.count++;
    undecided.first ??= verdict;
  }
}

function noteFinding(list: FindingList, result: TrialResult, rank: number): void {
  const twin = list.shown.find((finding) => isTwin(finding.result, result));
  if (twin) {
    twin.count++;
    if (twin.numbers.length < MOST_NUMBERS) twin.numbers.push(result.trial);
    return;
  }
  if (list.shown.length === MOST_SHOWN && !makeRoom(list, rank)) list.left++;
  else list.shown.push({ result, row: undefined, numbers: [result.trial], count: 1, rank });
}

/** Drops the mildest finding of a full list where it is milder than that rank. */
function makeRoom(list: FindingList, rank: number): boolean {
  const mildest = list.shown.reduce((a, b) => (b.rank >= a.rank ? b : a));
  if (mildest.rank <= rank) return false;
  list.shown.splice(list.shown.indexOf(mildest), 1);
  list.left += mildest.count;
  return true;
}

/** Sorts findings, those of one rank as they came, and looks their rows up. */
function finish(findings: Finding[], { plan }: ReportedRun): void {
  findings.sort((a, b) => a.rank - b.rank);
  for (const finding of findings) {
    const { result } = finding;
    finding.row = plan.rows.find(
      (each) => isSameRow(each, result) && each.trial_ids.includes(result.id),
    );
  }
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
