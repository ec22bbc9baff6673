import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import { Plan } from '../model/plan.ts';
import { RunSummary } from '../model/run.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { TrialResult } from '../model/trial-result.ts';
import { findTrialIds } from './find-trial.ts';
import { checked, readDocument } from './read-document.ts';
import { runFiles } from './run-files.ts';
import { storeFault } from './store-fault.ts';
import { hasTornLine } from './torn-line.ts';
import { openTrajectories } from './trajectories.ts';
import { placeOf, trialLines } from './trial-lines.ts';
import { trialsInOrder } from './trials-in-order.ts';

/** A run on disk; its results are read when they are asked for. */
export interface StoredRun {
  readonly dir: string;
  readonly id: string;
  readonly plan: Plan;
  /** Null where the run did not finish. */
  readonly summary: RunSummary | null;
  /** What was odd about the folder, in sentences. */
  readonly warnings: readonly string[];
  /** The results that are there, in plan order. Throws `store_fault` for a broken line. */
  trials(): AsyncIterable<TrialResult>;
  /** The trajectory of a result, null where none was kept. Throws `store_fault`. */
  trajectory(result: TrialResult): Promise<Trajectory | null>;
  /** The result that a reference means: of several trials, the first that did not pass, else the first. Throws `usage`. */
  find(reference: string): Promise<TrialResult>;
  /** Lets go of the trajectories; they can be read again. */
  close(): void;
}

/** Opens the folder of a run. Throws `store_fault` where it holds none that this version can read. */
export async function openStoredRun(dir: string): Promise<StoredRun> {
  const file = (name: keyof typeof runFiles) => path.join(dir, runFiles[name]);
  const plan = await readDocument(file('plan'), Plan);
  if (plan === null) {
    throw storeFault(`"${dir}"`, `it holds no ${runFiles.plan}, expected the folder of a run`);
  }
  const summary = await readDocument(file('summary'), RunSummary);
  const trajectories = openTrajectories(dir);
  return {
    dir,
    id: plan.id,
    plan,
    summary,
    warnings: await warningsOf(plan, summary, [file('trials'), file('trajectories')]),
    trials: () => trialsInOrder(file('trials'), plan, summary?.totals.planned ?? null),
    trajectory: async (result) => trajectories.of(result),
    find: (reference) => findResult(file('trials'), plan, reference),
    close: trajectories.close,
  };
}

async function warningsOf(
  plan: Plan,
  summary: RunSummary | null,
  files: readonly string[],
): Promise<string[]> {
  const unfinished = `Run ${plan.id} did not finish: it has no ${runFiles.summary}`;
  const warnings = summary === null ? [unfinished] : [];
  for (const file of files) {
    if (await hasTornLine(file))
      warnings.push(`The last line of "${file}" is torn, it was left out`);
  }
  return warnings;
}

async function findResult(file: string, plan: Plan, reference: string): Promise<TrialResult> {
  const ids = findTrialIds(plan, reference);
  const wanted = new Set(ids);
  const found = new Map<string, TrialResult>();
  for await (const lines of trialLines(file)) {
    for (const line of lines) {
      if (!wanted.has(line.id)) continue;
      found.set(line.id, checked(line.value, TrialResult, placeOf(file, line)));
    }
  }
  const results = ids.flatMap((id) => found.get(id) ?? []);
  const result = results.find(({ status }) => status !== 'pass') ?? results[0];
  if (result !== undefined) return result;
  throw new AgentopsError(
    'usage',
    `Cannot find a result of the trial "${reference}": the run ended before there was one`,
  );
}
