import { groupBy } from '../../json/group-by.ts';
import type { PlanRow } from '../../model/plan.ts';
import type { RowResult, RunSummary } from '../../model/run.ts';
import { rateInterval } from '../../stats/rate-interval.ts';
import type { ReportedRun } from '../reporter.ts';
import type { GroupRate, LeftOut, PageFacts, PageRow, PageRun } from './payload.ts';

/** What a page says of a run as a whole. */
export function pageRun(run: ReportedRun, summary: RunSummary, left_out: LeftOut | null): PageRun {
  const { rows, totals, gate, judges, safety } = summary;
  return {
    facts: factsOf(run, summary),
    totals,
    gate,
    rates: groupRates(rows),
    judges: judges ?? [],
    safety: safety ?? null,
    history: run.history ?? [],
    left_out,
  };
}

function factsOf(run: ReportedRun, summary: RunSummary): PageFacts {
  const { id, started_at, finished_at, status, labels, git, seed, agentops_version } = summary;
  const { commit, branch, dirty } = git;
  const warnings = [...new Set([...run.warnings, ...summary.warnings])];
  const named = { id, started_at, finished_at, status, labels, seed, agentops_version };
  return { ...named, git: { commit, branch, dirty }, warnings };
}

/** Pass rates by suite and agent, in plan order; tasks that a person skipped or put in quarantine are not in them. */
function groupRates(rows: readonly RowResult[]): GroupRate[] {
  const counted = rows.filter(
    ({ skip, quarantine }) => skip === undefined && quarantine === undefined,
  );
  const groups = groupBy(counted, ({ suite, agent }) => JSON.stringify([suite, agent]));
  return [...groups.values()].map(rateOf);
}

function rateOf(rows: readonly RowResult[]): GroupRate {
  const tasks = [...groupBy(rows, ({ task }) => JSON.stringify(task)).values()].map((same) => ({
    happened: sum(same, ({ passed }) => passed),
    trials: sum(same, ({ passed, failed }) => passed + failed),
  }));
  return {
    suite: rows[0]?.suite ?? '',
    agent: rows[0]?.agent ?? '',
    tasks: tasks.length,
    passed: sum(tasks, ({ happened }) => happened),
    decided: sum(tasks, ({ trials }) => trials),
    planned: sum(rows, ({ trials }) => trials),
    interval: rateInterval(tasks),
  };
}

function sum<T>(items: readonly T[], figure: (item: T) => number): number {
  return items.reduce((all, item) => all + figure(item), 0);
}

/** What the list of rows says of one. */
export function pageRow(row: RowResult, planned: PlanRow | undefined): PageRow {
  const { suite, task, agent, attack, status, passed, failed, score, skip, quarantine } = row;
  return {
    ...{ suite, task, agent, attack, status, passed, failed, score },
    ...(skip !== undefined && { skip }),
    ...(quarantine !== undefined && { quarantine }),
    ...(planned && planned.tags.length > 0 && { tags: planned.tags }),
    ...(planned?.at !== undefined && { at: planned.at }),
  };
}
