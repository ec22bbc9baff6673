import type { AgentEntry, Suite } from '../model/suite.ts';
import type { Step, Trajectory, TrajectoryEnd } from '../model/trajectory.ts';
import type { AgentKindSchema } from '../suite/kinds.ts';

/** The trial that a driver is asked to run. */
export interface DriveTask {
  readonly suite: string;
  readonly task: string;
  readonly attack: string | null;
  readonly trial: number;
  readonly input: unknown;
}

/** What a driver may use while it runs a trial. */
export interface DriveContext {
  readonly signal: AbortSignal;
  /** Milliseconds since the start of the trial. */
  readonly clock: () => number;
  /** Answers a tool call of a live agent; what has no answer is an error. */
  readonly callTool: (tool: string, args: unknown) => Promise<unknown>;
}

/** What a driver says once its last step was taken. */
export interface DriveEnd {
  /** What the trajectory says beside its names and steps; kept apart, as a record may have any key. */
  readonly end: TrajectoryEnd & Pick<Trajectory, 'labels' | 'source'>;
  /** Every step, where they were known all at once: in place of steps handed over one by one. */
  readonly steps?: Step[];
  /** The line of the record as it was read, where it can be kept as it is. */
  readonly record?: string;
}

/** Drives the agent under test through one trial, step by step. Throws where the trial cannot be run or read: it is then in error, not failed. */
export type Driver = (
  task: DriveTask,
  context: DriveContext,
) => AsyncGenerator<Step, DriveEnd, undefined>;

/** Recorded lines that name no trial of the plan and could not be read: each is a trial in error. */
export interface UnreadableLine {
  readonly line: number;
  readonly reason: string;
}

/** The trials of a task that are planned. */
export interface Planned {
  has(trial: number): boolean;
}

/** An agent that is ready to be driven. */
export interface OpenAgent {
  readonly drive: Driver;
  /** Highest trial that is recorded for a task, 0 for none; null where any number can be run. */
  recorded(task: string, attack: string | null): number | null;
  /** Numbers of the recorded trials of a task above `last` that cannot be read, in order: each is planned, and in error. */
  unreadableTrials(task: string, last: number): readonly number[];
  /** Lines that count as trials of no known task. */
  readonly unreadable: readonly UnreadableLine[];
  /** Where the unreadable lines stand, for reasons. */
  readonly source: string | null;
  /** Warnings about recorded lines that no planned trial takes, by the tasks of the plan. */
  leftOver(plan: ReadonlyMap<string, Planned>): string[];
  /** SHA-256 of each recording by its path. */
  readonly recordings: Readonly<Record<string, string>>;
  close(): void;
}

/** A kind of agent: what a suite may write under its key, and how it is driven. */
export interface AgentKind extends AgentKindSchema {
  /** Gets an agent ready; `taskIds` are the tasks of the suite. */
  open(entry: AgentEntry, suite: Suite): Promise<OpenAgent>;
}
