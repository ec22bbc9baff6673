import type { Ceilings, Used } from '../live/ceilings.ts';
import type { AskPerson } from '../live/people.ts';
import type { LiveTrial, Session } from '../live/session.ts';
import type { SessionOptions } from '../live/session-state.ts';
import type { ModelSource } from '../llm/model-source.ts';
import type { Patience } from '../llm/patience.ts';
import type { LoadFunction } from '../model/load-function.ts';
import type { AgentEntry, Suite, Task, World } from '../model/suite.ts';
import type { Step, Trajectory, TrajectoryEnd } from '../model/trajectory.ts';
import type { TrialSafety } from '../safety/trial-safety.ts';
import type { Mounted } from '../serve/server.ts';
import type { AgentKindSchema } from '../suite/kinds.ts';
import type { ToolHost } from '../tools/tool-host.ts';

/** The trial that a driver is asked to run. */
export interface DriveTask extends LiveTrial {
  /** What the suite says of the task. */
  readonly stated: Task;
  /** Ceilings that stop a live trial. */
  readonly ceilings: Ceilings;
  /** State that the trial begins with; null where the suite names none. */
  readonly world: World | null;
  /** What it is held to and tempted with. */
  readonly safety: TrialSafety;
}

/** What a driver may use while it runs a trial. */
export interface DriveContext {
  /** Our own interruption. */
  readonly signal: AbortSignal;
}

/** What a driver says once its last step was taken. */
export interface DriveEnd {
  /** What the trajectory says beside its names and steps; kept apart, as a record may have any key. */
  readonly end: TrajectoryEnd & Pick<Trajectory, 'labels' | 'source'>;
  readonly steps: Step[];
  /** The line of the record as it was read, where it can be kept as it is. */
  readonly record?: string;
  /** Why the trial cannot be decided, whatever its steps are: a mock, a model or a transport was at fault. */
  readonly fault?: Error;
  /** It was cut short by our own interruption, and counts as not run. */
  readonly interrupted?: boolean;
  /** Ceilings that are nearly used up. */
  readonly near?: readonly Used[];
}

/** Drives the agent under test through one trial. Throws where the trial cannot be run or read: it is then in error, not failed. */
export type Driver = (task: DriveTask, context: DriveContext) => Promise<DriveEnd>;

/** What live agents stand on, the same for a whole run. */
export interface AgentSupport {
  /** Variables of our own environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Loads functions that the suite names. */
  readonly load: LoadFunction;
  /** The mocked tools of the suite. */
  readonly host: () => Promise<ToolHost>;
  /** Where the models of an agent answer from: its script, its recording, or the endpoints of the configuration. */
  readonly modelsOf: (entry: ModelSettings) => Promise<ModelSource>;
  /** Serves the endpoints of a trial. */
  readonly serve: (session: Session) => Promise<Mounted>;
  readonly costOf: SessionOptions['costOf'];
  readonly spend: NonNullable<SessionOptions['spend']>;
  readonly needsCost: boolean;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly after: SessionOptions['after'];
  /** Asks the person at the terminal, null where nobody is there. */
  readonly askPerson: AskPerson | null;
  /** Time and chance of those who wait for a busy endpoint. */
  readonly patience: Patience;
}

/** What says where models answer from. */
export type ModelSettings = Pick<AgentEntry, 'name' | 'script' | 'recording'>;

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
  /** Whether it runs, with the rights of whoever started it. */
  readonly isLive: boolean;
  readonly drive: Driver;
  /** Loads what the trials need: code, mocks, recordings. Called once before the first. Throws `AgentopsError` where that cannot be had. */
  prepare(): Promise<void>;
  /** Highest trial that is recorded for a task, 0 for none; null where any number can be run. */
  recorded(task: string, attack: string | null): number | null;
  /** Numbers of the recorded trials of a task under an attack above `last` that cannot be read, in order: each is planned, and in error. */
  unreadableTrials(task: string, attack: string | null, last: number): readonly number[];
  /** Lines that count as trials of no known task. */
  readonly unreadable: readonly UnreadableLine[];
  /** Where the unreadable lines stand, for reasons. */
  readonly source: string | null;
  /** Warnings about recorded lines that no planned trial takes. `planned` gives the trials of a task under an attack, null where a filter left them out. */
  leftOver(planned: (task: string, attack: string | null) => Planned | null): string[];
  /** SHA-256 of each recording by its path. */
  readonly recordings: Readonly<Record<string, string>>;
  close(): void | Promise<void>;
}

/** A kind of agent: what a suite may write under its key, and how it is driven. */
export interface AgentKind extends AgentKindSchema {
  /** Names of the variables whose values an agent is given: they must never be written. */
  variables?(config: unknown, environment: AgentSupport['environment']): readonly string[];
  /** Opens an agent; what runs code of the user or needs the surroundings waits for `prepare`. */
  open(entry: AgentEntry, suite: Suite, support: () => AgentSupport): Promise<OpenAgent>;
}
