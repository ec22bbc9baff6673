import type { AgentKind } from '../agents/agent.ts';
import type { LoadFunction } from '../judges/judge.ts';
import type { GitState } from '../model/plan.ts';
import type { Suite } from '../model/suite.ts';
import type { FinishedTrial } from './run-trial.ts';
import type { Selection } from './selection.ts';
import type { TrialName } from './trial-id.ts';

/** A trial that began, by its names and its id. */
export interface StartedTrial extends TrialName {
  readonly id: string;
}

/** How suites are run. */
export interface RunOptions {
  readonly agentKinds: readonly AgentKind[];
  readonly selection: Selection;
  /** Folder that holds the runs. */
  readonly base: string;
  /** Trials that run at the same time. */
  readonly concurrency: number;
  /** Stops after the first trial that does not pass. */
  readonly bail: boolean;
  readonly seed: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
  readonly version: string;
  readonly git: GitState;
  readonly secrets: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Makes the loader of a suite's own functions. */
  readonly loaderOf: (suite: Suite) => LoadFunction;
  /** Our own interruption: what was done is kept. */
  readonly signal: AbortSignal;
  /** Told of every trial that begins, and of how many there are; each is finished later. */
  readonly onStart?: (started: StartedTrial, planned: number) => void;
  /** Told of every finished trial, and of how many there are. */
  readonly onTrial?: (finished: FinishedTrial['result'], planned: number) => void;
}
