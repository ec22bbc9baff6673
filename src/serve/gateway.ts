import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject } from '../json/object.ts';
import type { Session } from '../live/session.ts';
import { dialects } from '../llm/dialects/dialects.ts';
import { refuse } from '../llm/dialects/request-fields.ts';
import { type ResponseHistory, responseHistory } from '../llm/dialects/response-history.ts';
import type { Dialect, ModelReply } from '../model/exchange.ts';
import type { Handler, Handlers } from './handler.ts';
import { parseBody } from './parse-body.ts';
import { type BodyBudget, withBody } from './read-body.ts';
import { NO_RETRY, refusalOf } from './refusal.ts';
import { sendJson } from './send.ts';
import { sendEvents } from './sse.ts';

/** What a trial's gateway needs. */
export interface GatewaySetting {
  readonly session: Session;
  readonly budget: BodyBudget;
  /** Models that are listed before any was asked. */
  readonly models: readonly string[];
}

const MOST_MODELS = 100;

/** The endpoints of models as clients of OpenAI and Anthropic call them, with and without `/v1`. */
export function gatewayHandlers(setting: GatewaySetting): Handlers {
  const asked = new Set(setting.models);
  const history = responseHistory();
  const paths = [
    ['/chat/completions', exchangeHandler('chat', setting, asked, null)],
    ['/responses', exchangeHandler('responses', setting, asked, history)],
    ['/messages', exchangeHandler('messages', setting, asked, null)],
    ['/models', modelsHandler(asked)],
    ['/models/', modelsHandler(asked)],
  ] as const;
  return new Map(
    paths.flatMap(([path, handler]) => [
      [path, handler],
      [`/v1${path}`, handler],
    ]),
  );
}

function exchangeHandler(
  dialect: Dialect,
  { session, budget }: GatewaySetting,
  asked: Set<string>,
  history: ResponseHistory | null,
): Handler {
  const codec = dialects[dialect];
  const exchange = async (bytes: Buffer, response: ServerResponse) => {
    const posted = parseBody(bytes);
    if (!isObject(posted)) return refuse('', 'an object');
    const body = history?.expand(posted) ?? posted;
    const facts = codec.readRequest(body);
    if (asked.size < MOST_MODELS) asked.add(facts.model);
    const reply = await session.askModel({ dialect, body });
    if (reply.status !== 200) return sendJson(response, reply.status, reply.body, waitOf(reply));
    history?.remember(posted, bytes.length, reply.body);
    if (!facts.stream) return sendJson(response, 200, reply.body);
    return sendEvents(response, codec.streamOf(reply.body, facts));
  };
  return async (request, response) => {
    if (request.method !== 'POST') return notAllowed(response, 'POST', dialect);
    try {
      await withBody(request, budget, (bytes) => exchange(bytes, response));
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      if (refusal === null) throw thrown;
      if (response.headersSent) return void response.destroy();
      const headers = refusal.status === 429 ? {} : NO_RETRY;
      sendJson(response, refusal.status, codec.writeError(refusal.status, refusal), headers);
    }
  };
}

function waitOf({ retry_after }: ModelReply): Record<string, string> {
  return retry_after === undefined ? {} : { 'retry-after': String(retry_after) };
}

/** Models in a form that clients of both vendors read. */
function modelsHandler(asked: ReadonlySet<string>): Handler {
  return async ({ method }: IncomingMessage, response, path) => {
    if (method !== 'GET') return notAllowed(response, 'GET', 'chat');
    const name = /\/models\/(.+)$/.exec(path)?.[1];
    if (name !== undefined) return sendJson(response, 200, modelNamed(nameOf(name)));
    const data = [...asked].map(modelNamed);
    const [first, last] = [data[0]?.id ?? null, data.at(-1)?.id ?? null];
    sendJson(response, 200, {
      object: 'list',
      data,
      has_more: false,
      first_id: first,
      last_id: last,
    });
  };
}

function modelNamed(id: string) {
  const created_at = '1970-01-01T00:00:00Z';
  return {
    id,
    object: 'model',
    created: 0,
    owned_by: 'agentops',
    type: 'model',
    display_name: id,
    created_at,
  };
}

function nameOf(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

function notAllowed(response: ServerResponse, allow: string, dialect: Dialect): void {
  const body = dialects[dialect].writeError(405, {
    message: `Cannot serve this: expected ${allow}`,
  });
  sendJson(response, 405, body, { allow });
}
