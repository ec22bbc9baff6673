import * as z from 'zod';

/** Protocols in which a model is asked: OpenAI chat completions, OpenAI responses, Anthropic messages. */
export const Dialect = z.enum(['chat', 'responses', 'messages']);
export type Dialect = z.infer<typeof Dialect>;

/** One request to a model as the agent made it; `body` is what was posted, streaming keys included. */
export interface ModelRequest {
  readonly dialect: Dialect;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The whole, unstreamed answer of a model endpoint. */
export interface ModelReply {
  /** HTTP status: 200, or one of 400 to 599 where the endpoint answered with an error. */
  readonly status: number;
  /** Seconds after which the endpoint allows another attempt; with an error only. */
  readonly retry_after?: number;
  /** JSON as the dialect has it. */
  readonly body: unknown;
  /** Tokens and cost where they are known without the body: a script says them; null in `cost_usd` where no price is known. */
  readonly cost_usd?: number | null;
}

/** A call that a model asked for. */
export interface RequestedCall {
  readonly id: string;
  readonly tool: string;
  /** Absent where the text of the arguments is no JSON. */
  readonly args?: unknown;
  /** The text of arguments that is no JSON. */
  readonly argsRaw?: string;
  /** The endpoint ran the tool itself, such as a search of the web: nobody could mock it. */
  readonly hosted?: true;
}

/** Tokens of one exchange; input includes what was cached. */
export interface TurnUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cached_tokens?: number;
}

/** What a model did in one exchange, the same for every dialect. */
export interface ModelTurn {
  readonly model: string;
  /** Text for the user; null where it only called tools. */
  readonly say: string | null;
  readonly calls: readonly RequestedCall[];
  /** null where the endpoint did not say. */
  readonly usage: TurnUsage | null;
}

/** A tool's answer as an agent handed it back to its model. */
export interface HandedResult {
  /** Id of the call that it answers. */
  readonly id: string;
  readonly content: unknown;
  /** Whether the agent called it an error; absent where its protocol cannot say. */
  readonly isError?: boolean;
}
