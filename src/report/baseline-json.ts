import type { BaselineFacts } from '../model/baseline.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import { jsonReport } from './json.ts';
import type { ReportedRun } from './reporter.ts';

/** Yields a run as a baseline: its JSON report, with where it comes from and without what only people read. */
export function baselineJson(run: ReportedRun, facts: BaselineFacts): AsyncIterable<string> {
  const { comparison: _own, summary, ...rest } = run;
  const { comparison: _stored, ...kept } = summary ?? {};
  // What is left of a summary is one
  const plain: ReportedRun = { ...rest, summary: summary && (kept as typeof summary) };
  return jsonReport(plain, { more: { baseline: facts }, kept: slim });
}

const TOLD: ReadonlySet<Verdict['kind']> = new Set(['safety', 'goal', 'judge']);

/** Verdicts of judges and about safety, which are compared, and those that failed; none with its reason. */
function slim(result: TrialResult): TrialResult {
  const verdicts = result.verdicts
    .filter(({ kind, status }) => TOLD.has(kind) || status === 'fail')
    .map(({ details: _details, ...verdict }) => ({ ...verdict, reason: '' }));
  return { ...result, reason: null, verdicts };
}
