import type { ModelReply, ModelRequest } from '../model/exchange.ts';

/** Who asks a model: the trial, and what may interrupt it. */
export interface Asker {
  readonly task: string;
  readonly trial: number;
  /** A key of the live trial that no other has: sources count its requests by it. */
  readonly key: object;
  readonly signal: AbortSignal;
  /** Told of milliseconds spent waiting for a rate limit: they do not count against the agent. */
  readonly waited: (ms: number) => void;
  /** Whether the trial was cut short by our own interruption: what was recorded of it is not the whole. */
  readonly interrupted?: () => boolean;
}

/** Where the answers of a model come from: a script, a recording, or an endpoint. */
export interface ModelSource {
  /** The whole answer. Throws `model_fault` where there is none: no recorded request, a script at its end, an endpoint that cannot be reached. */
  ask(request: ModelRequest, asker: Asker): Promise<ModelReply>;
  /** Writes what was recorded. */
  close(): Promise<void>;
}
