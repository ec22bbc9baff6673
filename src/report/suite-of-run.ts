import { holdGate } from '../gate/gate.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { ReportedRun } from './reporter.ts';
import { summaryOf } from './run-summary.ts';

/** A run as if it had been of one of its suites alone: its rows and trials, its figures and its gate. */
export async function suiteOfRun(run: ReportedRun, name: string): Promise<ReportedRun> {
  const isOwn = ({ suite }: { readonly suite: string }) => suite === name;
  const plan = {
    ...run.plan,
    suites: run.plan.suites.filter(isOwn),
    rows: run.plan.rows.filter(isOwn),
  };
  async function* trials(): AsyncIterable<TrialResult> {
    for await (const result of run.trials()) if (isOwn(result)) yield result;
  }
  const { comparison: _comparison, ...rest } = run;
  const own: ReportedRun = { ...rest, plan, summary: null, trials };
  const { summary } = run;
  if (summary === null) return own;
  const { totals, safety, ...added } = await summaryOf(own);
  const rows = summary.rows.filter(isOwn);
  const gates = new Map(plan.suites.map(({ suite, gate }) => [suite, gate]));
  const { judges, safety: _safety, comparison: _compared, ...facts } = summary;
  const kept = judges?.filter(isOwn);
  const gate = holdGate(rows, gates, safety?.attacks);
  return {
    ...own,
    summary: {
      ...added,
      ...facts,
      totals,
      gate,
      rows,
      ...(kept && kept.length > 0 && { judges: kept }),
      ...(safety && { safety }),
    },
  };
}
