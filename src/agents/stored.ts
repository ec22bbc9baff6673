import * as z from 'zod';
import { AgentopsError } from '../errors.ts';
import type { PlanRow } from '../model/plan.ts';
import type { AgentEntry, Suite } from '../model/suite.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { StoredRun } from '../store/stored-run.ts';
import type { AgentKind, DriveTask, OpenAgent, UnreadableLine } from './agent.ts';
import { recordedEnd } from './recorded-end.ts';

/** What is kept in memory of a stored trial. */
type Kept = Pick<TrialResult, 'id' | 'status' | 'reason' | 'trajectory' | 'trial'>;

/** Agents of a stored run: each of their trials is what it was then, and none of them runs. */
export function storedAgents(run: StoredRun): AgentKind {
  let reading: Promise<ReadonlyMap<string, Kept>> | null = null;
  const results = () => {
    reading ??= keptOf(run);
    return reading;
  };
  return {
    key: 'stored',
    words: 'Trajectories of a stored run: judges what happened, runs no agent',
    replays: true,
    schema: z.unknown(),
    open: async (entry, suite) => openStored(run, entry, suite, await results()),
  };
}

async function keptOf(run: StoredRun): Promise<ReadonlyMap<string, Kept>> {
  const kept = new Map<string, Kept>();
  for await (const { id, status, reason, trajectory, trial } of run.trials()) {
    kept.set(id, { id, status, reason, trajectory, trial });
  }
  return kept;
}

function openStored(
  run: StoredRun,
  { name }: AgentEntry,
  suite: Suite,
  kept: ReadonlyMap<string, Kept>,
): OpenAgent {
  const rows = run.plan.rows.filter((row) => row.suite === suite.name && row.agent === name);
  return {
    isLive: false,
    prepare: async () => undefined,
    drive: async (task) => recordedEnd(await trajectoryOf(run, kept.get(task.id), task)),
    recorded: (task, attack) =>
      rows.find((row) => row.task === task && row.attack === attack)?.trials ?? 0,
    unreadableTrials: () => [],
    unreadable: unreadableOf(rows, kept),
    source: null,
    leftOver: () => rows.flatMap((row) => lackedBy(suite, row, run.id)),
    recordings: {},
    close: () => run.close(),
  };
}

/** The stored trajectory of a trial. Throws where it was not run, or nothing was kept of it. */
async function trajectoryOf(
  run: StoredRun,
  kept: Kept | undefined,
  task: DriveTask,
): Promise<Trajectory> {
  if (!kept) throw new AgentopsError('input_fault', `Run ${run.id} ended before this trial did`);
  const trajectory = await run.trajectory(kept as TrialResult); // its id and its place are all that is read
  if (trajectory === null || (kept.status === 'skip' && isCutShort(trajectory))) {
    const why = kept.reason ?? 'no trajectory was kept';
    throw new AgentopsError('input_fault', `There is nothing to judge in run ${run.id}: ${why}`);
  }
  if (trajectory.task === task.task && trajectory.trial === task.trial) return trajectory;
  const words = `Run ${run.id} has another trial where this one should stand`;
  throw new AgentopsError('store_fault', words);
}

/** Whether the agent was interrupted, and not its judges alone. */
function isCutShort({ stop }: Trajectory): boolean {
  return stop === null || stop === 'interrupted';
}

/** Recorded lines that named no task: each says why it could not be read. */
function unreadableOf(
  rows: readonly PlanRow[],
  kept: ReadonlyMap<string, Kept>,
): readonly UnreadableLine[] {
  const lines: UnreadableLine[] = [];
  for (const { trial_ids } of rows.filter(({ task }) => task === null)) {
    for (const id of trial_ids) {
      const trial = kept.get(id);
      if (trial) lines[trial.trial - 1] = { line: trial.trial, reason: trial.reason ?? '' };
    }
  }
  return lines;
}

/** Says of a row that the suite has it no longer. */
function lackedBy(suite: Suite, { task, attack, trials }: PlanRow, id: string): string[] {
  if (task === null) return [];
  const count = trials === 1 ? '1 trial' : `${trials} trials`;
  const lacks = (what: string) => [`${count} of run ${id} left out: the suite has no ${what} now`];
  if (!suite.tasks.some((one) => one.id === task)) return lacks(`task "${task}"`);
  if (attack === null || suite.attacks?.some(({ name }) => name === attack)) return [];
  return lacks(`attack "${attack}", with which "${task}" ran`);
}
