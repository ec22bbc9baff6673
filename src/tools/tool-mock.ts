import type { ToolAnswer } from './tool-host.ts';

/** A call with arguments that the tool accepts. */
export interface AcceptedCall {
  readonly tool: string;
  /** A copy of what the agent gave. */
  readonly args: unknown;
  /** What the agent gave, for the words of a fault. */
  readonly asked: unknown;
  readonly signal: AbortSignal;
  /** The world of the trial, which may be changed in place. */
  readonly world: () => Record<string, unknown>;
}

/** Answers the calls of one tool in one trial. Throws `mock_fault`. */
export type Answerer = (call: AcceptedCall) => ToolAnswer | Promise<ToolAnswer>;

/** How one tool is mocked, for any number of trials. */
export interface ToolMock {
  /** Begins to count anew. */
  begin(): Answerer;
}

/** Waits so many milliseconds; rejects with the reason of the signal once that aborts. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** Loads what a reference `/folder/file.ts#name` names. */
export type LoadMock = (reference: string) => Promise<(...args: never[]) => unknown>;
