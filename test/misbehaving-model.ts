import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject } from '../src/json/object.ts';

type Fields = Record<string, unknown>;

/** A request as it reached the model. */
export interface AskedModel {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Fields;
  /** JSON Schema of its `response_format`, null where it has none. */
  readonly schema: Fields | null;
  /** The text of its messages. */
  readonly prompt: string;
}

/** What the model does with a request; it may never answer. */
export type Behaviour = (response: ServerResponse, asked: AskedModel) => unknown;

/** A model on the loopback that answers as it is told. */
export interface MisbehavingModel {
  /** What stands as `base_url` in a configuration. */
  readonly url: string;
  /** The requests, in their order. */
  readonly asked: readonly AskedModel[];
  /** How many connections were opened, and how many requests were there at the same time at most. */
  counts(): { readonly connections: number; readonly atOnce: number };
  close(): Promise<void>;
}

/** Starts an endpoint of chat completions; `behave` is told which request it is, from 1. */
export async function startMisbehavingModel(
  behave: (asked: AskedModel, nth: number) => Behaviour,
): Promise<MisbehavingModel> {
  const asked: AskedModel[] = [];
  const counts = { connections: 0, atOnce: 0, open: 0 };
  const server = createServer(async (request, response) => {
    response.on('error', () => undefined);
    counts.atOnce = Math.max(counts.atOnce, ++counts.open);
    let isOver = false;
    const over = () => {
      if (!isOver) counts.open--;
      isOver = true;
    };
    response.on('finish', over).on('close', over); // the first comes before the client can know
    const one = await read(request).catch(() => null);
    if (one === null) return; // who asked has gone
    asked.push(one);
    await behave(one, asked.length)(response, one);
  });
  server.on('connection', () => counts.connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    counts: () => counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<AskedModel> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  const body: Fields = JSON.parse(text);
  const { response_format: format, messages } = body;
  const wanted = isObject(format) ? format['json_schema'] : undefined;
  const schema = isObject(wanted) ? wanted['schema'] : undefined;
  const prompt = Array.isArray(messages) ? messages.map(({ content }) => content).join('\n') : '';
  const { url = '', headers } = request;
  return { url, headers, body, schema: isObject(schema) ? schema : null, prompt };
}

/** A chat completion that says something; `choice` changes its first choice, `more` the whole. */
export function completion(content: unknown, choice: Fields = {}, more: Fields = {}): Fields {
  const message = { role: 'assistant', content };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'judge-1',
    choices: [{ index: 0, message, finish_reason: 'stop', ...choice }],
    usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
    ...more,
  };
}

/** Answers with JSON, with any status. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Behaviour {
  return text(JSON.stringify(body), status, { 'content-type': 'application/json', ...headers });
}

/** Answers with any text. */
export function text(body: string, status = 200, headers: Record<string, string> = {}): Behaviour {
  return (response) => response.writeHead(status, headers).end(body);
}

/** Answers with a completion of any words, which may depend on the request. */
export function says(words: string | ((asked: AskedModel) => string)): Behaviour {
  return (response, asked) => {
    const content = typeof words === 'string' ? words : words(asked);
    return json(completion(content))(response, asked);
  };
}

/** Answers with a well-formed verdict, by default the first that the schema allows; `nonceOf` finds the nonce in a request, by default after the last `nonce` of the prompt. */
export function verdict(given: Fields = {}, nonceOf = lastNonce): Behaviour {
  return says((asked) => {
    const answer = firstAnswer(asked.schema);
    return JSON.stringify({ nonce: nonceOf(asked), reason: 'Seen', steps: [], answer, ...given });
  });
}

function lastNonce({ prompt }: AskedModel): string {
  const rest = prompt.slice(prompt.lastIndexOf('nonce'));
  return /^nonce\W*(?:is\b\W*)?([\w-]{6,})/.exec(rest)?.[1] ?? '';
}

function firstAnswer(schema: Fields | null): unknown {
  const properties = isObject(schema?.['properties']) ? schema['properties'] : {};
  const answer = isObject(properties['answer']) ? properties['answer'] : {};
  return Array.isArray(answer['enum']) ? answer['enum'][0] : answer['minimum'];
}

/** Refuses with the error body of OpenAI. */
export function refuses(
  status: number,
  error: Fields,
  headers: Record<string, string> = {},
): Behaviour {
  return json({ error: { type: 'invalid_request_error', param: null, ...error } }, status, headers);
}

/** Refuses for the rate, and says when to come back in whatever headers are given. */
export function limits(headers: Record<string, string> = {}): Behaviour {
  return refuses(429, { message: 'slow down', type: 'rate_limit_error' }, headers);
}

/** Breaks the connection before any answer. */
export const resets: Behaviour = (response) => response.destroy();

/** Breaks the connection in the middle of an answer. */
export const resetsMidBody: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
  response.write('{"choices":', () => response.destroy());
};

/** Never answers. */
export const hangs: Behaviour = () => undefined;

/** Begins an answer and never ends it. */
export const hangsMidBody: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"choices":');
};

/** Does something after so many milliseconds, whether or not anybody still listens. */
export function late(ms: number, behaviour: Behaviour): Behaviour {
  return (response, asked) => setTimeout(() => behaviour(response, asked), ms);
}
