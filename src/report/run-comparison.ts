import type { HeldDiff } from '../diff/held-diff.ts';
import type { RunSummary } from '../model/run.ts';
import type { ReportedRun } from './reporter.ts';

/** What the baseline says of a run, as it is stored; absent where the run was compared with none. */
export function comparisonOf(run: ReportedRun, summary: RunSummary): RunSummary['comparison'] {
  const { comparison } = run;
  return comparison ? { diff: comparison.diff.summary, gate: comparison.gate } : summary.comparison;
}

/** The same with the tasks that differ, none where only what was stored is known. */
export function reportedComparison(run: ReportedRun, summary: RunSummary): HeldDiff | null {
  if (run.comparison) return run.comparison;
  if (!summary.comparison) return null;
  const { diff, gate } = summary.comparison;
  const pair = async () => ({ base: null, head: null });
  return { gate, diff: { summary: diff, tasks: () => [], pair } };
}
