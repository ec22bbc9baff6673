import type { HandedResult, ModelTurn } from '../../model/exchange.ts';

/** What a request to a model says, the same for every dialect. */
export interface RequestFacts {
  readonly model: string;
  /** Whether the answer is wanted as server-sent events. */
  readonly stream: boolean;
  /** Whether a stream is to end with the tokens; only the chat dialect asks. */
  readonly includeUsage: boolean;
  /** Instructions of system and developer; null where there are none. */
  readonly system: string | null;
  /** Text of the last message of the user that has any; null where none has. */
  readonly lastUserText: string | null;
  /** Names of the tools that the model may call, in their order. */
  readonly toolNames: readonly string[];
  /** Results of tools that the request holds, those of earlier requests included, in their order. */
  readonly results: readonly HandedResult[];
}

/** What makes an answer unique: the part of its id after the prefix, and its time in seconds since 1970. */
export interface ReplyMark {
  readonly id: string;
  readonly created: number;
}

/** What went wrong, for the body of an error; without a type the one of the status is given. */
export interface ErrorFacts {
  readonly message: string;
  readonly code?: string | null;
  readonly type?: string;
}

/** One server-sent event; `data` is JSON to be, or `DONE`. */
export interface StreamEvent {
  readonly event?: string;
  readonly data: unknown;
}

/** The data that ends a stream of the chat dialect, sent as it is. */
export const DONE = '[DONE]';

/** A protocol of models in both directions, as pure functions. */
export interface DialectCodec {
  /** Reads a posted body. Throws `RefusedRequest` where it is no valid request. */
  readRequest(body: unknown): RequestFacts;
  /** Reads a whole answer. Throws `model_fault` where it is none. */
  readReply(body: unknown): ModelTurn;
  /** Writes a whole answer that official clients accept. */
  writeReply(turn: ModelTurn, mark: ReplyMark): Record<string, unknown>;
  /** Writes the body of an answer with an HTTP status of 400 or more. */
  writeError(status: number, facts: ErrorFacts): Record<string, unknown>;
  /** The events that an endpoint streams for a whole answer. Throws `model_fault` where it is none. */
  streamOf(body: unknown, wanted: { readonly includeUsage: boolean }): Iterable<StreamEvent>;
}
