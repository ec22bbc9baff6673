import { holdGate } from '../gate/gate.ts';
import { type SafetyTally, safetyTally } from '../gate/safety-tally.ts';
import type { Plan } from '../model/plan.ts';
import type { RunSummary } from '../model/run.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { ReportedRun } from '../report/reporter.ts';
import {
  addTrial,
  emptyFigures,
  emptyTally,
  type FigureTally,
  gatedRow,
  type RowTally,
  totalsOf,
} from '../run/tally.ts';

/** A run as if it had been of one of its suites alone: its rows and trials, its figures and its gate. */
export async function suiteOfRun(run: ReportedRun, name: string): Promise<ReportedRun> {
  const isOwn = ({ suite }: { readonly suite: string }) => suite === name;
  const { plan: whole, summary } = run;
  const plan = { ...whole, suites: whole.suites.filter(isOwn), rows: whole.rows.filter(isOwn) };
  async function* trials(): AsyncIterable<TrialResult> {
    for await (const result of run.trials()) if (isOwn(result)) yield result;
  }
  const own: ReportedRun = { ...run, plan, summary: null, trials };
  if (summary === null) return own;
  const { judges = [], safety: _safety, comparison: _comparison, ...facts } = summary;
  const rows = summary.rows.filter(isOwn);
  const sums = await addUp(plan, trials());
  return {
    ...own,
    summary: {
      ...facts,
      rows,
      totals: totalsOf(rows, sums.figures),
      ...gateAndSafety(plan, rows, sums),
      ...(judges.some(isOwn) && { judges: judges.filter(isOwn) }),
    },
  };
}

interface Sums {
  readonly tallies: readonly RowTally[];
  readonly safety: SafetyTally;
  readonly figures: FigureTally;
}

async function addUp(plan: Plan, trials: AsyncIterable<TrialResult>): Promise<Sums> {
  const figures = emptyFigures();
  const safety = safetyTally(plan);
  const tallies = plan.rows.map(() => emptyTally(true));
  const rowOf = new Map(plan.rows.flatMap(({ trial_ids }, at) => trial_ids.map((id) => [id, at])));
  for await (const result of trials) {
    const at = rowOf.get(result.id) ?? -1;
    const tally = tallies[at];
    if (tally === undefined) continue;
    addTrial(tally, figures, result);
    safety.add(at, result);
  }
  return { tallies, safety, figures };
}

function gateAndSafety(
  plan: Plan,
  results: RunSummary['rows'],
  { tallies, safety }: Sums,
): Pick<RunSummary, 'gate' | 'safety'> {
  const gated = plan.rows.flatMap((row, at) => {
    const [tally, result] = [tallies[at], results[at]];
    if (tally === undefined || result === undefined) return [];
    return gatedRow(row, result, safety.held(at, tally), tally);
  });
  const gates = new Map(plan.suites.map(({ suite, gate }) => [suite, gate]));
  const found = safety.summary();
  return { gate: holdGate(gated, gates, found?.attacks), ...(found && { safety: found }) };
}
