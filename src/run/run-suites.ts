import { AgentopsError } from '../errors.ts';
import { safetyTally } from '../gate/safety-tally.ts';
import { isObject } from '../json/object.ts';
import type { Plan, PlannedTool } from '../model/plan.ts';
import type { RunSummary } from '../model/run.ts';
import type { Suite } from '../model/suite.ts';
import type { Tools } from '../model/tool.ts';
import type { Verdict } from '../model/verdict.ts';
import { canarySecrets } from '../safety/flow/canary-texts.ts';
import { createRun } from '../store/create-run.ts';
import { liveRun } from './live-support.ts';
import { openAgents } from './open-agents.ts';
import { planDigest, planRows, type ReadyAgent, type ReadyRow, shownPath } from './plan-rows.ts';
import { runMeter } from './run-ceilings.ts';
import type { RunOptions } from './run-options.ts';
import { runRows } from './run-rows.ts';
import type { FinishedTrial } from './run-trial.ts';
import { refuseUnknownNames } from './selection.ts';
import { summarise } from './summarise.ts';
import { addTrial, emptyFigures, emptyTally, type RowTally } from './tally.ts';
import { trialWarnings } from './trial-warnings.ts';

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
  try {
    agents.push(...(await openAgents(suites, options, live.supportOf)));
    const rows = plannedRows(agents, options.selection);
    for (const { agent } of agents) await agent.prepare();
    const plan = planOf(suites, rows, options);
    const { base, secrets, now, random } = options;
    const sealed = agents.some(({ agent }) => agent.isLive);
    const writer = await createRun({ base, secrets, now, random, plan, sealed });
    const tallies = rows.map(emptyTally);
    const figures = emptyFigures();
    const safety = safetyTally(plan);
    const warned = trialWarnings();
    let uneventful = true;
    const finished = (row: number, one: FinishedTrial): void => {
      uneventful &&= isUneventful(one);
      writer.append(one.result, one.record);
      warned.add((rows[row] as ReadyRow).row, one); // a row of the plan
      addTrial(tallies[row] as RowTally, figures, one.result); // as many tallies as rows
      safety.add(row, one.result);
    };
    await runRows(rows, options, meter, finished);
    await live.close();
    const summary = summarise({
      plan,
      id: writer.id,
      rows,
      tallies,
      safety,
      figures,
      agents,
      recordings: await live.recordings(),
      warnings: [...live.notes(), ...warned.lines(), ...meter.warnings()],
      interrupted: options.signal.aborted,
      finishedAt: options.now(),
    });
    await writer.finish(summary);
    return { dir: writer.dir, summary, uneventful };
  } finally {
    for (const { agent } of agents) await agent.close();
    await live.close();
    meter.close();
  }
}

/** The rows of every agent. Throws `usage` where there is none. */
function plannedRows(agents: readonly ReadyAgent[], selection: RunOptions['selection']) {
  const rows = agents.flatMap((ready) => planRows(ready, selection));
  if (rows.length > 0) return rows;
  const words = 'Cannot run: the filters leave no trial, a run of nothing never passes';
  throw new AgentopsError('usage', words);
}

function isUneventful({ result }: FinishedTrial): boolean {
  return result.status === 'pass' && result.verdicts.every(isUnremarkable);
}

/** Whether a verdict needs no line of a report: it passed, and is no figure that somebody asked for. */
function isUnremarkable({ status, details }: Verdict): boolean {
  return status === 'pass' && !(isObject(details) && Object.hasOwn(details, 'metric'));
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
