import type { ModelsConfig } from '../model/config.ts';
import type { ModelReply, ModelRequest } from '../model/exchange.ts';
import { type Environment, endpointFor } from './endpoint-for.ts';
import { modelFault } from './model-fault.ts';
import type { Asker, ModelSource } from './model-source.ts';
import { type ImportModule, openClient } from './open-client.ts';
import { type Patience, withPatience } from './patience.ts';
import { tryOnce } from './try-once.ts';
import { withoutStreaming } from './without-streaming.ts';

/** What a live source is made of. */
export interface LiveOptions extends Patience {
  /** Endpoints by name of model; null: those of the usual environment variables. */
  readonly endpoints: ModelsConfig | null;
  readonly environment: Environment;
  /** Imports the client; its own way unless given. */
  readonly importModule?: ImportModule;
  /** Stands in for the `fetch` of the platform. */
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds that a whole answer may take, ten minutes unless given. */
  readonly timeoutMs?: number;
}

const TEN_MINUTES = 600_000;

/** Asks the endpoint that is configured for the model of a request, always without streaming. A refusal of the request itself is a reply; everything else that is no answer throws `model_fault`. */
export function liveSource(options: LiveOptions): ModelSource {
  const { endpoints, environment, importModule, fetch, timeoutMs = TEN_MINUTES } = options;
  const post = openClient(importModule, fetch);
  async function ask({ dialect, body }: ModelRequest, asker: Asker): Promise<ModelReply> {
    const { model } = body;
    if (typeof model !== 'string' || model === '') return withoutModel(dialect);
    const endpoint = endpointFor(model, dialect, endpoints, environment);
    const { signal } = asker;
    const asked = withoutStreaming(body);
    const attempt = () => tryOnce(endpoint, asked, { post, signal, now: options.now, timeoutMs });
    const outcome = await withPatience(attempt, asker, options);
    if (outcome.kind === 'reply') return outcome.reply;
    throw modelFault(model, endpoint, outcome.why);
  }
  return { ask, close: async () => undefined };
}

/** What any endpoint says to a request that names no model. */
function withoutModel(dialect: ModelRequest['dialect']): ModelReply {
  const error = { type: 'invalid_request_error', message: 'you must provide a model parameter' };
  return { status: 400, body: dialect === 'messages' ? { type: 'error', error } : { error } };
}
