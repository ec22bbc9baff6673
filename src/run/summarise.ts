import { AgentopsError } from '../errors.ts';
import { holdGate } from '../gate/gate.ts';
import type { SafetyTally } from '../gate/safety-tally.ts';
import type { JudgeFigures } from '../model/judge-figures.ts';
import type { Plan } from '../model/plan.ts';
import type { RunSummary } from '../model/run.ts';
import { driftWarnings, judgeTotals } from './judge-totals.ts';
import { leftOver } from './left-over.ts';
import type { ReadyAgent, ReadyRow } from './plan-rows.ts';
import { quarantineWarnings } from './quarantine.ts';
import { type FigureTally, gatedRow, type RowTally, rowResult, totalsOf } from './tally.ts';

/** What a run came to. */
export interface RunOutcome {
  readonly plan: Plan;
  readonly id: string;
  readonly rows: readonly ReadyRow[];
  readonly tallies: readonly RowTally[];
  readonly safety: SafetyTally;
  readonly figures: FigureTally;
  readonly agents: readonly ReadyAgent[];
  /** What LLM judges came to; empty where none was asked. */
  readonly judges: readonly JudgeFigures[];
  /** SHA-256 of the recordings that live agents answered from, by path. */
  readonly recordings: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly interrupted: boolean;
  readonly finishedAt: number;
}

/** Adds a run up and holds its gate. Throws `internal` where a planned trial is not accounted for. */
export function summarise({
  plan,
  id,
  rows,
  tallies,
  safety,
  figures,
  agents,
  judges,
  recordings,
  warnings,
  interrupted,
  finishedAt,
}: RunOutcome): RunSummary {
  const gated = rows.map(({ row }, at) => {
    const tally = tallies[at] as RowTally; // as many tallies as rows
    const result = rowResult(row, tally, safety.row(at, tally));
    return gatedRow(row, result, safety.held(at, tally), tally);
  });
  const results = gated.map(({ result }) => result);
  const found = safety.summary();
  const blast = safety.blast();
  const totals = {
    ...totalsOf(results, figures),
    ...judgeTotals(judges),
    ...(blast && { blast_radius: blast }),
  };
  const done = totals.pass + totals.fail + totals.error + totals.skip;
  if (done !== totals.planned) {
    const words = `Cannot finish the run: ${totals.planned} trials were planned and ${done} accounted for`;
    throw new AgentopsError('internal', words);
  }
  const gates = new Map(plan.suites.map(({ suite, gate }) => [suite, gate]));
  const { schema_version, started_at, agentops_version, labels, git, seed, plan_digest } = plan;
  const head = {
    schema_version,
    id,
    started_at,
    agentops_version,
    labels,
    git,
    seed,
    plan_digest,
  };
  return {
    ...head,
    finished_at: new Date(finishedAt).toISOString(),
    status: interrupted ? 'interrupted' : 'completed',
    recordings: Object.assign({}, recordings, ...agents.map(({ agent }) => agent.recordings)),
    warnings: [
      ...leftOver(agents, rows),
      ...quarantineWarnings(rows, Date.parse(started_at)),
      ...safety.warnings(),
      ...driftWarnings(judges),
      ...warnings,
    ],
    totals,
    gate: holdGate(gated, gates, found?.attacks),
    rows: results,
    ...(judges.length > 0 && { judges: [...judges] }),
    ...(found && { safety: found }),
  };
}
