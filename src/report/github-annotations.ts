import type { PlanRow } from '../model/plan.ts';
import type { RowResult, RunSummary } from '../model/run.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { counted, countText } from './figures.ts';
import type { Annotation } from './github-command.ts';
import { placeOf } from './place-of.ts';
import { quarantineText } from './quarantine-text.ts';
import type { ReportedRun } from './reporter.ts';
import { caseStatus, cut, isFlaky, reasonsOf } from './row-story.ts';
import { eachRow } from './rows.ts';

/** What GitHub keeps of each kind in one step. */
const MOST_OF_A_KIND = 10;
const MOST_REASONS = 3;
const LONGEST_REASON = 600;
const LONGEST_NAME = 100;

/** The annotations of a run, and how many tasks there was no room for. */
export interface Annotations {
  readonly shown: readonly Annotation[];
  readonly left: { readonly error: number; readonly warning: number };
}

interface Candidate {
  readonly kind: 'error' | 'warning';
  readonly index: number;
  readonly row: RowResult;
  /** Smaller is shown first. */
  readonly rank: number;
}

/** Errors for tasks that failed, warnings for those that could not be decided, are flaky or in quarantine; the worst of each kind, with their reasons. */
export async function annotationsOf(run: ReportedRun, summary: RunSummary): Promise<Annotations> {
  const all = summary.rows.flatMap((row, index): Candidate[] => {
    const found = weigh(row);
    return found ? [{ ...found, index, row }] : [];
  });
  const errors = worst(all.filter(({ kind }) => kind === 'error'));
  const warnings = worst(all.filter(({ kind }) => kind === 'warning'));
  const chosen = [...errors.shown, ...warnings.shown];
  const reasons = await reasonsFor(run, summary, new Set(chosen.map(({ row }) => row)));
  const agents = new Set(summary.rows.map(({ agent }) => agent)).size > 1;
  const shown = chosen.map((one) =>
    annotation(one, run.plan.rows[one.index], run.folder, reasons.get(one.row) ?? [], agents),
  );
  return { shown, left: { error: errors.left, warning: warnings.left } };
}

function weigh(row: RowResult): Pick<Candidate, 'kind' | 'rank'> | null {
  const { not_tolerated = 0, pass_rate, quarantine } = row;
  const status = caseStatus(row);
  if (not_tolerated > 0) return { kind: 'error', rank: -1 };
  if (quarantine) return { kind: 'warning', rank: row.status === 'pass' ? 4 : 3 };
  if (status === 'fail') return { kind: 'error', rank: pass_rate ?? 0 };
  if (status === 'error') return { kind: 'warning', rank: 1 };
  return isFlaky(row) ? { kind: 'warning', rank: 2 } : null;
}

function worst(candidates: readonly Candidate[]): { shown: readonly Candidate[]; left: number } {
  const shown = [...candidates].sort((a, b) => a.rank - b.rank).slice(0, MOST_OF_A_KIND);
  return { shown, left: candidates.length - shown.length };
}

/** The first reasons of each of the rows; reads the trials once. */
async function reasonsFor(
  run: ReportedRun,
  summary: RunSummary,
  wanted: ReadonlySet<RowResult>,
): Promise<ReadonlyMap<RowResult, readonly string[]>> {
  const found = new Map<RowResult, readonly string[]>();
  if (wanted.size === 0) return found;
  for await (const { row, trials } of eachRow(run, summary)) {
    if (!wanted.has(row)) continue;
    found.set(row, await firstReasons(trials));
    if (found.size === wanted.size) break;
  }
  return found;
}

async function firstReasons(trials: AsyncIterable<TrialResult>): Promise<readonly string[]> {
  const reasons = new Set<string>();
  for await (const result of trials) {
    if (result.status === 'pass') continue;
    for (const reason of reasonsOf(result)) reasons.add(cut(reason, LONGEST_REASON));
    if (reasons.size >= MOST_REASONS) break;
  }
  return [...reasons].slice(0, MOST_REASONS);
}

function annotation(
  { kind, row }: Candidate,
  planned: PlanRow | undefined,
  folder: string | undefined,
  reasons: readonly string[],
  agents: boolean,
): Annotation {
  const { task, attack, agent, passed, trials, quarantine } = row;
  const names = [
    cut(task ?? 'no task named', LONGEST_NAME),
    ...(attack === null ? [] : [`under attack ${cut(attack, LONGEST_NAME)}`]),
    ...(agents ? [`by ${cut(agent, LONGEST_NAME)}`] : []),
  ];
  const message = [
    ...(trials > 1 ? [`${countText(passed)} of ${counted(trials, 'trial')} passed`] : []),
    ...(quarantine ? [`In quarantine ${cut(quarantineText(quarantine), LONGEST_REASON)}`] : []),
    ...reasons,
  ];
  const at = planned?.at && { ...planned.at, file: placeOf(planned.at.file, folder) };
  return {
    kind,
    title: `${wordFor(row)}: ${names.join(' ')}`,
    message: message.join('\n') || 'No trial says why',
    ...(at && { at }),
  };
}

function wordFor(row: RowResult): string {
  if ((row.not_tolerated ?? 0) > 0) return 'Violation';
  if (row.quarantine) return 'In quarantine';
  const status = caseStatus(row);
  if (status === 'fail') return 'Failed';
  return status === 'error' ? 'Not decided' : 'Flaky';
}
