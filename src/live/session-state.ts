import type { ModelSource } from '../llm/model-source.ts';
import type { TurnUsage } from '../model/exchange.ts';
import type { Tools } from '../model/tool.ts';
import type { Step } from '../model/trajectory.ts';
import type { TrialTools } from '../tools/tool-host.ts';
import type { Ceilings } from './ceilings.ts';
import type { RequestedCalls } from './requested-calls.ts';
import type { Halt, LiveTrial } from './session.ts';

/** What a session stands on. */
export interface SessionOptions {
  readonly trial: LiveTrial;
  readonly tools: Tools | null;
  readonly mocks: TrialTools;
  readonly source: ModelSource;
  readonly ceilings: Ceilings;
  /** Cost of an exchange in US dollars, null where the model has no price. */
  readonly costOf: (model: string, usage: TurnUsage) => number | null;
  /** Told of what each exchange with a model cost. */
  readonly spend?: (usd: number) => void;
  /** Whether a cost that is not known makes the trial an error, whatever its own ceilings. */
  readonly needsCost?: boolean;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Calls back after some milliseconds; what it returns takes that back. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** Our own interruption. */
  readonly signal: AbortSignal;
}

/** What the parts of a session share. */
export interface SessionState {
  readonly options: SessionOptions;
  readonly requested: RequestedCalls;
  /** Ids of recorded calls that have no result yet. */
  readonly openIds: Set<string>;
  /** Milliseconds spent waiting for rate limits. */
  waitedMs: number;
  /** Model requests that are under way. */
  asking: number;
  turns(): number;
  add(step: Step): void;
  halt(halt: Halt): void;
  throwIfHalted(): void;
  readonly signal: AbortSignal;
  readonly key: object;
  /** Numbers what needs a name of its own. */
  next(): number;
}
