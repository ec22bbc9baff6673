import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ModelRequest } from '../model/exchange.ts';
import { type LiveOptions, liveSource } from './live-source.ts';
import type { Asker } from './model-source.ts';

const KEY = 'sk-very-secret-0123';
const ANSWER = { id: 'x', choices: [{ message: { role: 'assistant', content: 'Hi' } }] };
const LIMITED = { error: { message: 'slow down', type: 'rate_limit_error' } };

type Handler = (request: Asked, response: http.ServerResponse) => void;
interface Asked {
  url: string;
  headers: http.IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** A loopback endpoint that answers by number of request. */
async function endpoint(handler: Handler): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const one = { url: request.url ?? '', headers: request.headers, body: JSON.parse(text) };
      asked.push(one);
      handler(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Handler {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Answers one after the other, the last one again. */
function inTurn(...handlers: Handler[]): Handler {
  let at = 0;
  return (request, response) => handlers[Math.min(at++, handlers.length - 1)]?.(request, response);
}

function asker(signal = new AbortController().signal) {
  let ms = 0;
  const one: Asker = { task: 'refund', trial: 1, key: {}, signal, waited: (part) => (ms += part) };
  return { asker: one, waited: () => Math.round(ms) };
}

function source(url: string, options: Partial<LiveOptions> = {}) {
  return liveSource({
    endpoints: { '*': { base_url: `${url}/v1`, key_env: 'THE_KEY' } },
    environment: { THE_KEY: KEY },
    sleep: async () => undefined,
    random: () => 0.5,
    now: () => Date.parse('Wed, 25 Nov 2026 08:00:00 GMT'),
    ...options,
  });
}

const chat: ModelRequest = { dialect: 'chat', body: { model: 'gpt-5-mini', messages: [] } };

async function faultOf(asking: Promise<unknown>): Promise<{ code: string; message: string }> {
  const thrown = await asking.then(
    () => null,
    (error) => error,
  );
  if (thrown === null) throw new Error('It did not fail');
  expect(thrown.message).not.toContain(KEY);
  return { code: thrown.code, message: thrown.message.replace(/:\d{4,5}\b/g, ':PORT') };
}

describe('liveSource() asks', () => {
  test('without streaming, whatever the agent wanted', async () => {
    const { url, asked } = await endpoint(json(200, ANSWER));
    const body = { ...chat.body, stream: true, stream_options: { include_usage: true }, n: 1 };
    const reply = await source(url).ask({ dialect: 'chat', body }, asker().asker);
    expect(reply).toEqual({ status: 200, body: ANSWER });
    expect(asked[0]?.body).toEqual({ model: 'gpt-5-mini', messages: [], n: 1 });
    expect(asked[0]?.url).toBe('/v1/chat/completions');
    expect(asked[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  test('for responses', async () => {
    const { url, asked } = await endpoint(json(200, { output: [], error: null }));
    const body = { model: 'gpt-5', input: 'Hi' };
    const reply = await source(url).ask({ dialect: 'responses', body }, asker().asker);
    expect(reply.body).toEqual({ output: [], error: null });
    expect(asked[0]?.url).toBe('/v1/responses');
  });

  test.each([
    ['/v1', '/v1/messages'],
    ['', '/v1/messages'],
    ['/api/v1/', '/api/v1/messages'],
  ])('for messages at an address that ends in "%s"', async (end, path) => {
    const { url, asked } = await endpoint(json(200, { content: [] }));
    const endpoints = {
      'claude-*': { base_url: url + end, key_env: 'K', api: 'anthropic' },
    } as const;
    const live = source(url, { endpoints, environment: { K: `${KEY}\n` } });
    const body = { model: 'claude-sonnet-4-5', max_tokens: 9 };
    await live.ask({ dialect: 'messages', body }, asker().asker);
    expect(asked[0]?.url).toBe(path);
    expect(asked[0]?.headers).toMatchObject({
      'x-api-key': KEY,
      'anthropic-version': '2023-06-01',
    });
    expect(asked[0]?.headers.authorization).toBeUndefined();
  });

  test('without a key where none is configured, and with headers from the environment', async () => {
    const { url, asked } = await endpoint(json(200, ANSWER));
    const endpoints = { '*': { base_url: url, headers: { 'x-team': { env: 'TEAM' } } } };
    await source(url, { endpoints, environment: { TEAM: 'qa' } }).ask(chat, asker().asker);
    expect(asked[0]?.headers.authorization).toBeUndefined();
    expect(asked[0]?.headers['x-team']).toBe('qa');
  });

  test('through the fetch that it is given', async () => {
    const seen: string[] = [];
    const fetch = async (url: unknown) => {
      seen.push(String(url));
      return Response.json(ANSWER);
    };
    const reply = await source('http://model.test', { fetch }).ask(chat, asker().asker);
    expect(reply.status).toBe(200);
    expect(seen).toEqual(['http://model.test/v1/chat/completions']);
  });
});

describe('liveSource() hands back', () => {
  test.each([
    [400, { error: { message: 'bad tool schema', code: 'invalid_schema' } }],
    [404, { error: { message: 'no such model', code: 'model_not_found' } }],
    [422, { detail: [{ loc: ['body'], msg: 'missing' }] }],
    [413, { type: 'error', error: { type: 'request_too_large' }, request_id: 'r' }],
  ])('a refusal of the request itself, status %d', async (status, body) => {
    const { url, asked } = await endpoint(json(status, body));
    expect(await source(url).ask(chat, asker().asker)).toEqual({ status, body });
    expect(asked).toHaveLength(1);
  });

  test('a refusal without the key that it echoes', async () => {
    const { url } = await endpoint(json(400, { error: { message: `bad ${KEY}` } }));
    const { body } = await source(url).ask(chat, asker().asker);
    expect(body).toEqual({ error: { message: 'bad [redacted]' } });
  });

  test('an answer whole, where the key is a word', async () => {
    const { url } = await endpoint(json(200, { choices: [{ text: 'none' }] }));
    const live = source(url, { environment: { THE_KEY: 'none' } });
    expect((await live.ask(chat, asker().asker)).body).toEqual({ choices: [{ text: 'none' }] });
  });

  test('a refusal of a request that names no model, without asking', async () => {
    const { url, asked } = await endpoint(json(200, ANSWER));
    const reply = await source(url).ask({ dialect: 'messages', body: {} }, asker().asker);
    expect(reply).toMatchObject({ status: 400, body: { type: 'error' } });
    expect(asked).toEqual([]);
  });
});

describe('liveSource() waits and tries again', () => {
  test.each<[string, Record<string, string>, number]>([
    ['seconds', { 'retry-after': '3' }, 3500],
    ['a fraction of a second', { 'retry-after': '0.5' }, 750],
    ['a date', { 'retry-after': 'Wed, 25 Nov 2026 08:00:07 GMT' }, 7500],
    ['a date that has passed', { 'retry-after': 'Wed, 25 Nov 2020 08:00:07 GMT' }, 250],
    ['milliseconds', { 'retry-after-ms': '80', 'retry-after': '9' }, 120],
    ['nothing', {}, 250],
    ['0', { 'retry-after': '0' }, 250],
    ['a negative number', { 'retry-after': '-5' }, 250],
    ['no number', { 'retry-after': 'NaN' }, 250],
    ['"soon"', { 'retry-after': 'soon' }, 250],
  ])('after a rate limit that says %s', async (_, headers, ms) => {
    const { url, asked } = await endpoint(inTurn(json(429, LIMITED, headers), json(200, ANSWER)));
    const one = asker();
    expect((await source(url).ask(chat, one.asker)).body).toEqual(ANSWER);
    expect(asked).toHaveLength(2);
    expect(one.waited()).toBe(ms);
  });

  test.each([408, 409, 500, 502, 503, 529])('after status %d', async (status) => {
    const html: Handler = (_, response) => response.writeHead(status).end('<html>no</html>');
    const { url, asked } = await endpoint(inTurn(html, html, json(200, ANSWER)));
    const one = asker();
    expect((await source(url).ask(chat, one.asker)).body).toEqual(ANSWER);
    expect(asked).toHaveLength(3);
    expect(one.waited()).toBe(250 + 500);
  });

  test('after a connection that broke before and in the middle of an answer', async () => {
    const reset: Handler = (_, response) => response.destroy();
    const middle: Handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"choices":', () => response.destroy());
    };
    const { url, asked } = await endpoint(inTurn(reset, middle, json(200, ANSWER)));
    expect((await source(url).ask(chat, asker().asker)).body).toEqual(ANSWER);
    expect(asked).toHaveLength(3);
  });

  test('six times at most, and longer each time', async () => {
    const { url, asked } = await endpoint(json(503, { error: { message: 'overloaded' } }));
    const one = asker();
    expect(await faultOf(source(url).ask(chat, one.asker))).toEqual({
      code: 'model_fault',
      message:
        'Cannot ask model "gpt-5-mini" at http://127.0.0.1:PORT/v1/chat/completions: status 503 (overloaded); given up after 6 tries',
    });
    expect(asked).toHaveLength(6);
    expect(one.waited()).toBe(250 + 500 + 1000 + 2000 + 4000);
  });
});

describe('liveSource() gives up at once', () => {
  test.each<[string, Handler, string]>([
    [
      'where the key is refused',
      json(401, { error: { message: `Incorrect key ${KEY}` } }),
      'status 401, the key in THE_KEY was refused; expected one that may use this model',
    ],
    [
      'where the key may not do that',
      json(403, {}),
      'status 403, the key in THE_KEY was refused; expected one that may use this model',
    ],
    [
      'where the quota is used up',
      json(429, { error: { message: 'pay first', code: 'insufficient_quota' } }),
      'status 429 (pay first); expected an account with quota left',
    ],
    [
      'where the money is used up',
      json(400, { type: 'error', error: { message: 'Your credit balance is too low' } }),
      'status 400 (Your credit balance is too low); expected an account with quota left',
    ],
    [
      'where it is to wait for years',
      json(429, LIMITED, { 'retry-after': '1000000000' }),
      'status 429 (slow down); it asks to wait 1000000000 s, and more than 120 s are not waited for',
    ],
    [
      'where the address is none of a model',
      (_, response) => response.writeHead(404).end('<html>'),
      'status 404, and its body is no JSON object; expected the address of a model endpoint, such as one that ends in /v1',
    ],
    [
      'where it is sent elsewhere',
      json(307, {}, { location: 'http://evil.test/v1' }),
      'status 307, it redirects to evil.test, which is not followed as it would hand on the key; expected the final address in base_url',
    ],
    [
      'where nothing comes',
      (_, response) => response.end(),
      'its answer is empty; expected one JSON object',
    ],
    [
      'where a page comes',
      (_, response) => response.end('<html>Log in</html>'),
      'its answer is no JSON or is cut off: it begins with "<html>Log in</html>"; expected one JSON object',
    ],
    [
      'where half an answer comes',
      (_, response) => response.end('{"choices":['),
      'its answer is no JSON or is cut off: it begins with "{\\"choices\\":["; expected one JSON object',
    ],
    ['where a list comes', json(200, []), 'its answer is a list; expected one JSON object'],
    [
      'where an error comes as a success',
      json(200, { error: { code: 502 } }),
      'its answer is an error with status 200: {"error":{"code":502}}; expected one JSON object',
    ],
  ])('%s', async (_, handler, why) => {
    const { url, asked } = await endpoint(handler);
    expect(await faultOf(source(url).ask(chat, asker().asker))).toEqual({
      code: 'model_fault',
      message: `Cannot ask model "gpt-5-mini" at http://127.0.0.1:PORT/v1/chat/completions: ${why}`,
    });
    expect(asked).toHaveLength(1);
  });

  test('where the client is not installed', async () => {
    const missing = Object.assign(new Error('Cannot find openai'), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    const importModule = () => Promise.reject(missing);
    const { message } = await faultOf(
      source('http://h', { importModule }).ask(chat, asker().asker),
    );
    expect(message).toContain('ERR_MODULE_NOT_FOUND');
  });
});

describe('liveSource() says', () => {
  test('that nothing listens', async () => {
    const server = http.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { message } = await faultOf(source(`http://127.0.0.1:${port}`).ask(chat, asker().asker));
    expect(message).toContain('the connection failed: ECONNREFUSED; given up after 6 tries');
  });

  test('that no answer comes in time, before and after it began', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    let asked = 0;
    const fetch = async (_: unknown, { signal }: RequestInit = {}) => {
      const aborted = new Promise<never>((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
      if (++asked === 1) return aborted;
      return new Response(
        new ReadableStream({ start: (body) => aborted.catch((e) => body.error(e)) }),
      );
    };
    const asking = faultOf(source('http://h', { fetch }).ask(chat, asker().asker));
    for (let tries = 0; tries < 2; tries++) await vi.advanceTimersByTimeAsync(600_000);
    expect((await asking).message).toContain('no answer came within 600 s; given up after 2 tries');
    expect(asked).toBe(2);
  });

  test.each<[string, Partial<LiveOptions>, ModelRequest, string]>([
    [
      'that no endpoint is configured',
      { endpoints: null, environment: {} },
      chat,
      'no endpoint is configured; set OPENAI_API_KEY (and OPENAI_BASE_URL for another address than https://api.openai.com/v1), or name an endpoint under "models" in agentops.config.yaml',
    ],
    [
      'that no endpoint is configured for Anthropic, where one of OpenAI is',
      { endpoints: null, environment: { OPENAI_API_KEY: KEY } },
      { dialect: 'messages', body: { model: 'gpt-5-mini' } },
      'no endpoint is configured; set ANTHROPIC_API_KEY (and ANTHROPIC_BASE_URL for another address than https://api.anthropic.com), or name an endpoint under "models" in agentops.config.yaml',
    ],
    [
      'that no endpoint has the name',
      { endpoints: { 'claude-*': { base_url: 'http://h' }, o3: { base_url: 'http://h' } } },
      chat,
      'no endpoint in agentops.config.yaml has that name, there are claude-*, o3; add it under "models", or "*" for all',
    ],
    [
      'that the key is not in the environment',
      { environment: { THE_KEY: ' ' } },
      chat,
      'the environment variable THE_KEY is not set, expected the key of http://h/v1',
    ],
    [
      'that the endpoint speaks otherwise',
      { endpoints: { '*': { base_url: 'http://h', api: 'anthropic' } } },
      chat,
      'its endpoint has "api: anthropic" in agentops.config.yaml, and the agent speaks that of openai',
    ],
  ])('%s', async (_, options, request, why) => {
    const { message } = await faultOf(source('http://h', options).ask(request, asker().asker));
    expect(message).toBe(`Cannot ask model "gpt-5-mini": ${why}`);
  });
});

describe('liveSource() stops with the signal', () => {
  test('while it waits for an answer, and ignores what comes later', async () => {
    const controller = new AbortController();
    const reason = new Error('limit');
    const { url, asked } = await endpoint((_, response) => {
      controller.abort(reason);
      json(200, ANSWER)(_, response);
    });
    await expect(source(url).ask(chat, asker(controller.signal).asker)).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
  });

  test('while it waits to try again', async () => {
    const controller = new AbortController();
    const reason = new Error('limit');
    const { url, asked } = await endpoint(json(429, LIMITED, { 'retry-after': '100' }));
    const sleep = async () => controller.abort(reason);
    const live = source(url, { sleep });
    await expect(live.ask(chat, asker(controller.signal).asker)).rejects.toBe(reason);
    expect(asked).toHaveLength(1);
  });

  test('with its own reason, whatever the sleeper says', async () => {
    const controller = new AbortController();
    const { url } = await endpoint(json(503, {}));
    const sleep = async () => {
      controller.abort('limit');
      throw new Error('The operation was aborted');
    };
    const asking = source(url, { sleep }).ask(chat, asker(controller.signal).asker);
    await expect(asking).rejects.toBe('limit');
  });

  test('before it asks', async () => {
    const { url, asked } = await endpoint(json(200, ANSWER));
    await expect(source(url).ask(chat, asker(AbortSignal.abort('no')).asker)).rejects.toBe('no');
    expect(asked).toEqual([]);
  });
});

describe('liveSource() chooses', () => {
  test('the exact name, then the longest wildcard', async () => {
    const seen: string[] = [];
    const fetch = async (url: unknown) => {
      seen.push(new URL(String(url)).host);
      return Response.json(ANSWER);
    };
    const at = (host: string) => ({ base_url: `http://${host}` });
    const endpoints = {
      '*': at('all'),
      'gpt-*': at('gpt'),
      'gpt-5-mini': at('exact'),
      'gpt-5-*': at('five'),
      '*-mini': at('mini'),
    };
    const live = source('', { endpoints, fetch });
    for (const model of ['gpt-5-mini', 'gpt-5-nano', 'gpt-4', 'o4-mini', 'constructor']) {
      await live.ask({ dialect: 'chat', body: { model } }, asker().asker);
    }
    expect(seen).toEqual(['exact', 'five', 'gpt', 'mini', 'all']);
  });

  test('the usual variables where nothing is configured', async () => {
    const seen: string[] = [];
    const fetch = async (url: unknown) => {
      seen.push(String(url));
      return Response.json(ANSWER);
    };
    const ask = (environment: Record<string, string>, dialect: ModelRequest['dialect']) =>
      source('', { endpoints: null, environment, fetch }).ask(
        { dialect, body: { model: 'm' } },
        asker().asker,
      );
    await ask({ OPENAI_API_KEY: 'k' }, 'chat');
    await ask({ OPENAI_BASE_URL: 'http://local:1/v1' }, 'responses');
    await ask({ ANTHROPIC_API_KEY: 'k' }, 'messages');
    expect(seen).toEqual([
      'https://api.openai.com/v1/chat/completions',
      'http://local:1/v1/responses',
      'https://api.anthropic.com/v1/messages',
    ]);
  });
});
