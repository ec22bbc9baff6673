import type { AgentKind } from '../agents/agent.ts';
import type { AskPerson } from '../live/people.ts';
import type { Patience } from '../llm/patience.ts';
import type { Prices } from '../llm/prices.ts';
import type { ModelsConfig } from '../model/config.ts';
import type { JudgeMode } from '../model/llm-judge.ts';
import type { LoadFunction } from '../model/load-function.ts';
import type { GitState } from '../model/plan.ts';
import type { Suite } from '../model/suite.ts';
import type { DeskOptions, OpenDesk } from '../panel/open-desk.ts';
import type { HeldAgainst } from './held-against.ts';
import type { ReadyAgent, ReadyRow } from './plan-rows.ts';
import type { RunCeilings } from './run-ceilings.ts';
import type { FinishedTrial } from './run-trial.ts';
import type { Selection } from './selection.ts';
import type { TrialName } from './trial-id.ts';

/** A trial that began, by its names and its id. */
export interface StartedTrial extends TrialName {
  readonly id: string;
}

/** What live agents are run with. */
export interface LiveOptions {
  /** Variables of our own environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Endpoints of models; null: those of the usual variables. */
  readonly endpoints: ModelsConfig | null;
  readonly prices: Prices;
  /** Asks the endpoints and writes the recordings anew. */
  readonly record: boolean;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  /** Calls back after some milliseconds; what it returns takes that back. */
  readonly after: (ms: number, run: () => void) => () => void;
  readonly patience: Patience;
  /** Asks the person at the terminal; without it nobody is there. */
  readonly askPerson?: AskPerson | null;
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
  /** Ceilings of the run as a whole. */
  readonly ceilings: RunCeilings;
  /** What live agents are run with. */
  readonly live: LiveOptions;
  /** Where answers of LLM judges come from; their recording unless given. */
  readonly judge?: JudgeMode;
  /** Names of the only judges that are asked so; the others answer from their recording. */
  readonly judgeOnly?: readonly string[];
  /** Opens the desk of a suite in place of the usual one. */
  readonly deskOf?: (suite: Suite, options: DeskOptions) => OpenDesk;
  /** Id of the run whose stored trajectories are judged again. */
  readonly judgedFrom?: string;
  /** Plans the rows of an agent, in place of what the selection leaves of its suite. */
  readonly rowsOf?: (ready: ReadyAgent) => readonly ReadyRow[];
  /** What the run is held against beside its own gate, and may go on for. */
  readonly against?: HeldAgainst | null;
  /** Our own interruption: what was done is kept. */
  readonly signal: AbortSignal;
  /** Told of every trial that begins, and of how many there are; each is finished later. */
  readonly onStart?: (started: StartedTrial, planned: number) => void;
  /** Told of every finished trial, and of how many there are. */
  readonly onTrial?: (finished: FinishedTrial['result'], planned: number) => void;
}
