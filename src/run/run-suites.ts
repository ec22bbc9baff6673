import { AgentopsError } from '../errors.ts';
import type { Plan, PlannedTool } from '../model/plan.ts';
import type { RunSummary } from '../model/run.ts';
import type { Suite } from '../model/suite.ts';
import type { Tools } from '../model/tool.ts';
import { canarySecrets } from '../safety/flow/canary-texts.ts';
import { createRun } from '../store/create-run.ts';
import { liveRun } from './live-support.ts';
import { openAgents } from './open-agents.ts';
import { type OpenDesks, openDesks } from './open-desks.ts';
import { planDigest, planRows, type ReadyAgent, type ReadyRow, shownPath } from './plan-rows.ts';
import { withQuarantine } from './quarantine.ts';
import { runMeter } from './run-ceilings.ts';
import type { RunOptions } from './run-options.ts';
import { runRows } from './run-rows.ts';
import { runTally } from './run-tally.ts';
import { refuseUnknownNames } from './selection.ts';
import { summarise } from './summarise.ts';

/** A run that was written. */
export interface FinishedRun {
  readonly dir: string;
  readonly summary: RunSummary;
  /** Every verdict of every trial passed: there is nothing to find in them. */
  readonly uneventful: boolean;
}

/** Runs suites: plans, runs and judges every trial, keeps all of it on disk, holds the gate. Throws `usage` where nothing is selected. */
export async function runSuites(suites: readonly Suite[], given: RunOptions): Promise<FinishedRun> {
  const canaries = canarySecrets(suites, given.live.environment);
  const options = { ...given, secrets: { ...canaries, ...given.secrets } };
  refuseUnknownNames(suites, options.selection);
  const { clock, after } = options.live;
  const { ceilings, signal } = options;
  const meter = runMeter({ ceilings, signal, now: clock, after });
  const live = liveRun(options, meter);
  const agents: ReadyAgent[] = [];
  let desks: OpenDesks | null = null;
  try {
    agents.push(...(await openAgents(suites, options, live.supportOf)));
    const rows = withQuarantine(plannedRows(agents, options), options.now());
    desks = await openDesks(new Set(rows.map(({ ready }) => ready.suite)), options, meter);
    for (const { agent } of agents) await agent.prepare();
    const plan = planOf(suites, rows, options);
    const { base, secrets, now, random } = options;
    const sealed = agents.some(({ agent }) => agent.isLive);
    const writer = await createRun({ base, secrets, now, random, plan, sealed });
    const tally = runTally(plan, rows, desks.tally);
    await runRows(rows, options, meter, desks, (row, one) => {
      writer.append(one.result, one.record);
      tally.add(row, one);
    });
    await live.close();
    await desks.close();
    const summary = summarise({
      plan,
      id: writer.id,
      rows,
      ...tally.sums,
      agents,
      judges: desks.tally?.figures() ?? [],
      recordings: { ...(await live.recordings()), ...(await desks.digests()) },
      warnings: [...live.notes(), ...desks.notes(), ...tally.warnings(), ...meter.warnings()],
      interrupted: options.signal.aborted,
      finishedAt: options.now(),
    });
    await writer.finish(summary);
    return { dir: writer.dir, summary, uneventful: tally.isUneventful() };
  } finally {
    for (const { agent } of agents) await agent.close();
    await live.close();
    await desks?.close();
    meter.close();
  }
}

/** The rows of every agent. Throws `usage` where there is none. */
function plannedRows(agents: readonly ReadyAgent[], { selection, rowsOf }: RunOptions) {
  const rows = agents.flatMap((ready) => rowsOf?.(ready) ?? planRows(ready, selection));
  if (rows.length > 0) return rows;
  const words = 'Cannot run: the filters leave no trial, a run of nothing never passes';
  throw new AgentopsError('usage', words);
}

function planOf(suites: readonly Suite[], rows: readonly ReadyRow[], options: RunOptions): Plan {
  return {
    schema_version: 1,
    id: '',
    started_at: new Date(options.now()).toISOString(),
    agentops_version: options.version,
    labels: { ...options.labels },
    git: options.git,
    seed: options.seed,
    argv: [...options.argv],
    suites: suites.map(({ name, file, root, digest, gate, tools, policy }) => ({
      suite: name,
      file: shownPath(root, file),
      digest,
      gate,
      tools: tools && plannedTools(tools),
      policy: policy ? { ...policy } : null,
    })),
    ...(options.judgedFrom !== undefined && { judged_from: options.judgedFrom }),
    plan_digest: planDigest(
      suites,
      rows.map(({ row }) => row),
    ),
    rows: rows.map(({ row }) => row),
  };
}

/** What runs keep of declared tools, so that what was granted can be told from the run alone. */
function plannedTools(tools: Tools): Record<string, PlannedTool> {
  const planned: Record<string, PlannedTool> = Object.create(null);
  for (const [name, { effect, external, trusted }] of Object.entries(tools)) {
    planned[name] = {
      ...(effect !== undefined && { effect }),
      ...(external !== undefined && { external }),
      ...(trusted !== undefined && { trusted }),
    };
  }
  return planned;
}
