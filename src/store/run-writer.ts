import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import { atomicWrite } from '../io/atomic-write.ts';
import type { Plan } from '../model/plan.ts';
import type { RunSummary } from '../model/run.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { AppendFile } from './append-file.ts';
import { planText } from './plan-text.ts';
import type { Redactor } from './redact.ts';
import { runFiles } from './run-files.ts';

const SYNC_EVERY_MS = 1000;

/** Writes the trials of one run as they end. */
export class RunWriter {
  readonly dir: string;
  private planned: Plan;
  private readonly redactor: Redactor | null;
  private readonly clock: () => number;
  private readonly trials: AppendFile;
  private readonly trajectories: AppendFile;
  private syncedAt: number;
  private syncing: Promise<void> | null = null;
  private failure: unknown;
  private closed = false;

  /** Starts the files of a run whose plan is written; `clock` counts milliseconds, `sealed` tells in the end whether somebody else wrote there. Throws `disk_fault`. */
  constructor(
    dir: string,
    plan: Plan,
    redactor: Redactor | null,
    { clock, sealed = false }: { readonly clock: () => number; readonly sealed?: boolean },
  ) {
    this.dir = dir;
    this.planned = plan;
    this.redactor = redactor;
    this.clock = clock;
    this.syncedAt = clock();
    this.trajectories = new AppendFile(path.join(dir, runFiles.trajectories), { sealed });
    this.trials = new AppendFile(path.join(dir, runFiles.trials), { sealed });
  }

  get id(): string {
    return this.planned.id;
  }

  get plan(): Plan {
    return this.planned;
  }

  /** Puts another plan, of more trials, in the place of the one that was written. Throws `disk_fault`. */
  async replan(plan: Plan): Promise<void> {
    const text = planText(plan, this.redactor);
    await atomicWrite(path.join(this.dir, runFiles.plan), text, { mode: 0o600 });
    this.planned = plan;
  }

  /** Stores a trial, one write for its trajectory (a line of JSON, null where there is none) and one for its result, and gives the result with the place of the trajectory. Throws `disk_fault`. */
  append(result: TrialResult, trajectory: string | null): TrialResult {
    if (this.failure !== undefined) throw this.failure;
    const at =
      trajectory === null ? null : this.trajectories.append(this.redacted(line(trajectory)));
    const stored: TrialResult = { ...result, trajectory: at };
    this.trials.append(this.redacted(resultText(stored)));
    this.syncSoon();
    return stored;
  }

  /** Writes `run.json`, which says that the run came to an end, once everything before it is on the disk. Throws `disk_fault`. */
  async finish(summary: RunSummary): Promise<void> {
    await this.close();
    if (this.failure !== undefined) throw this.failure;
    await this.refuseChanged();
    const text = JSON.stringify(summary);
    await atomicWrite(path.join(this.dir, runFiles.summary), `${this.redacted(text)}\n`, {
      mode: 0o600,
    });
  }

  /** Leaves the run as it is, without a `run.json`. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.syncing;
    await this.sync();
    await Promise.all([this.trajectories.close(), this.trials.close()]);
  }

  /** An agent that writes into the run could make failures look like passes. */
  private async refuseChanged(): Promise<void> {
    for (const [name, file] of [
      [runFiles.trials, this.trials],
      [runFiles.trajectories, this.trajectories],
    ] as const) {
      if (await file.isWhole()) continue;
      const words = `Cannot finish the run ${this.id}: somebody else changed its ${name} meanwhile`;
      throw new AgentopsError('store_fault', `${words}, and its results cannot be trusted`);
    }
  }

  private redacted(text: string): string {
    return this.redactor === null ? text : this.redactor.record(text);
  }

  private syncSoon(): void {
    if (this.syncing !== null || this.clock() - this.syncedAt < SYNC_EVERY_MS) return;
    this.syncedAt = this.clock();
    this.syncing = this.sync().finally(() => {
      this.syncing = null;
    });
  }

  /** Never throws: what fails here is told by the next append or the end. */
  private async sync(): Promise<void> {
    try {
      await Promise.all([this.trajectories.sync(), this.trials.sync()]);
    } catch (thrown) {
      this.failure ??= thrown;
    }
  }
}

function line(trajectory: string): string {
  if (!trajectory.includes('\n')) return trajectory;
  throw new AgentopsError('internal', 'Cannot store a trajectory: it is more than one line');
}

/** A verdict's details may be nested too deeply to be written; its reason is kept then. */
function resultText(result: TrialResult): string {
  try {
    return JSON.stringify(result);
  } catch {
    const verdicts = result.verdicts.map(({ details: _details, ...verdict }) => verdict);
    return JSON.stringify({ ...result, verdicts });
  }
}
