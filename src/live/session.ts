import type { ModelReply, ModelRequest } from '../model/exchange.ts';
import type { Tools } from '../model/tool.ts';
import type { Step } from '../model/trajectory.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import type { ApprovalAnswer, ApprovalRequest } from './approval-request.ts';

/** The trial that a session belongs to. */
export interface LiveTrial {
  /** Id of the trial, 16 hexadecimal digits. */
  readonly id: string;
  readonly suite: string;
  readonly task: string;
  readonly agent: string;
  readonly attack: string | null;
  readonly trial: number;
}

/** A call as an agent, its framework or an endpoint reports it. */
export interface LiveCall {
  readonly tool: string;
  readonly args: unknown;
  /** Id that the agent gave; a call that a model asked for under that id, and which has no answer, is this call. */
  readonly id?: string;
  readonly actor?: string;
  /** Shared by calls that were issued together. */
  readonly parallel?: string;
}

/** What an agent says that a call came to which no endpoint of ours answered. */
export type OwnAnswer =
  | { readonly result: unknown }
  | { readonly error: string | Record<string, unknown> };

/** Why a trial was stopped before its agent was done. */
export type Halt =
  | { readonly kind: 'limit'; readonly limit: string; readonly reason: string }
  | { readonly kind: 'fault'; readonly error: Error }
  /** A person ended it. */
  | { readonly kind: 'terminated'; readonly reason: string }
  | { readonly kind: 'interrupted' };

/** Thrown to whoever goes on after the trial was stopped: nothing is done for it any more. */
export class TrialHalted extends Error {
  override readonly name = 'TrialHalted';
  readonly halt: Halt;

  constructor(halt: Halt, message: string) {
    super(message);
    this.halt = halt;
  }
}

/** A trial while it runs: the one place where its steps are recorded, its mocks asked and its ceilings held. */
export interface Session {
  readonly trial: LiveTrial;
  /** Aborts as soon as the trial must stop: a ceiling, a fault, an interruption. */
  readonly signal: AbortSignal;
  /** Declared tools; null where the suite names none. */
  readonly tools: Tools | null;
  /** Tool with which the agent asks for approval: people answer it, whatever its mock. Null where there is none. */
  readonly approvalTool: string | null;
  /** The steps so far. */
  readonly steps: readonly Step[];
  /** Why it was stopped, null while it runs. */
  halted(): Halt | null;
  /** Whether anybody called a tool or asked a model through it: then its calls were watched. */
  touched(): boolean;
  /** Adds a step with its time; what comes after the halt is left out. */
  record(step: Step): void;
  /** Records a call, has the mocks answer it, records the answer. Throws `TrialHalted` once the trial is stopped, by this call too. */
  callTool(call: LiveCall): Promise<ToolAnswer>;
  /** The same for calls that are issued together, before any of them is answered; answers in their order. Throws `TrialHalted`. */
  callTools(calls: readonly LiveCall[]): Promise<ToolAnswer[]>;
  /** Records a call that the agent says it made itself, and what came of it if it says so; it counts only for tools that the suite lets it run. */
  tellCall(call: LiveCall, answer: OwnAnswer | null): void;
  /** Asks a person about a call before it is made, and records the decision. Throws `TrialHalted`, also where the person ends the trial. */
  requestApproval(request: ApprovalRequest): Promise<ApprovalAnswer>;
  /** Asks the model: records the exchange, what it said and the calls that it asked for. Throws `TrialHalted`. */
  askModel(request: ModelRequest): Promise<ModelReply>;
  /** Told of milliseconds spent waiting for a rate limit: they do not count against the agent. */
  waited(ms: number): void;
  /** Has the end of the trial wait a little for work that may still call a tool or ask a model. */
  track<Value>(work: Promise<Value>): Promise<Value>;
  /** Makes the trial an error: it cannot be decided. */
  fault(error: Error): void;
}
