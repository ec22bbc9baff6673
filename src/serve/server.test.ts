import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { AgentopsError } from '../errors.ts';
import { TrialHalted } from '../live/session.ts';
import { fakeSession } from './fake-session.test-support.ts';
import { MOST_BYTES } from './read-body.ts';
import { type LoopbackServer, openServer, type ServerOptions } from './server.ts';

const opened: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function open(options?: ServerOptions): Promise<LoopbackServer> {
  const server = await openServer(options);
  opened.push(server);
  return server;
}

const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] });
const asking = { method: 'POST', body };

/** What comes back over a bare connection until it ends. */
async function spoken(url: string, text: string): Promise<string> {
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return heard;
}

describe('openServer()', () => {
  it('points an agent at endpoints of its trial that nobody can guess', async () => {
    const server = await open({ secret: () => 'feedfacefeedface' });
    const { url, environment } = server.mount(fakeSession('0123456789abcdef'));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/t\/0123456789abcdef-feedfacefeedface$/);
    expect(environment()).toEqual({
      OPENAI_BASE_URL: `${url}/v1`,
      OPENAI_API_BASE: `${url}/v1`,
      OPENAI_API_KEY: 'agentops-dummy-key',
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'agentops-dummy-key',
      AGENTOPS_EVAL_MCP_URL: `${url}/mcp`,
      AGENTOPS_EVAL_TOOLS_URL: `${url}/tools`,
    });
    const other = await open();
    const urls = [1, 2].map(() => other.mount(fakeSession('0123456789abcdef')).url);
    expect(urls[0]).not.toBe(urls[1]);
  });

  it('keeps trials side by side apart', async () => {
    const server = await open();
    const sessions = Array.from({ length: 20 }, (_, at) =>
      fakeSession(`trial${at}`, { script: [`I am ${at}`] }),
    );
    const said = await Promise.all(
      sessions.map(async (session) => {
        const { url } = server.mount(session);
        const answer = await fetch(`${url}/v1/chat/completions`, asking);
        return ((await answer.json()) as { choices: [{ message: { content: string } }] }).choices[0]
          .message.content;
      }),
    );
    expect(said).toEqual(sessions.map((_, at) => `I am ${at}`));
    expect(sessions.map(({ requests }) => requests.length)).toEqual(sessions.map(() => 1));
  });

  it('serves nothing at an unknown prefix, at an unknown path, and after unmount()', async () => {
    const server = await open();
    const session = fakeSession('t');
    const { url, unmount } = server.mount(session);
    const { origin } = new URL(url);
    const places = [
      origin,
      `${origin}/t/t/v1/models`,
      `${origin}/t/__proto__/v1/models`,
      url,
      `${url}/`,
      `${url}/v2`,
      `${url}/v1/models/`,
      `${url}/tools/`,
    ];
    for (const place of places) expect((await fetch(place, asking)).status).toBe(404);
    expect((await fetch(`${url}/v1/chat/completions`, asking)).status).toBe(200);
    await unmount();
    const late = await fetch(`${url}/v1/chat/completions`, asking);
    expect([late.status, late.headers.get('x-should-retry')]).toEqual([404, 'false']);
    expect(session.requests).toHaveLength(1);
  });

  it('ends what is on its way when a trial is unmounted', async () => {
    const server = await open();
    let asked = () => {};
    const waiting = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const model = () => {
      asked();
      return new Promise<never>(() => {});
    };
    const session = fakeSession('t', { model });
    const { url, unmount } = server.mount(session);
    const answer = fetch(`${url}/v1/chat/completions`, asking).catch((error: Error) => error);
    await waiting;
    await unmount();
    expect(await answer).toBeInstanceOf(Error);
    expect(session.faults).toEqual([]);
  });

  it('has the trial wait for a request that its client gave up before it was looked at', async () => {
    const server = await open();
    const session = fakeSession('t');
    let begun = () => {};
    const begins = new Promise<void>((resolve) => {
      begun = resolve;
    });
    let go = () => {};
    const late = new Promise<void>((resolve) => {
      go = resolve;
    });
    const handler = async () => {
      begun();
      await late;
      await session.callTool({ tool: 'get_order', args: {} });
    };
    const { url, unmount } = server.mount(session, { handlers: new Map([['/mcp', handler]]) });
    const answer = fetch(`${url}/mcp`).catch((error: Error) => error);
    await begins;
    await unmount();
    expect(await answer).toBeInstanceOf(Error);
    go();
    await Promise.all(session.tracked);
    expect(session.calls).toHaveLength(1);
  });

  it('serves what else is mounted, such as MCP', async () => {
    const server = await open();
    const handlers = new Map([
      ['/mcp', async (_: unknown, response: { end(text: string): void }) => response.end('mcp')],
    ] as const);
    const { environment } = server.mount(fakeSession('t'), { handlers });
    expect(await (await fetch(environment()['AGENTOPS_EVAL_MCP_URL'] ?? '')).text()).toBe('mcp');
  });

  it('answers only to its own host names', async () => {
    const server = await open();
    const session = fakeSession('t');
    const { url } = server.mount(session);
    const { pathname, port } = new URL(url);
    const statusFor = (host: string) =>
      new Promise((resolve, reject) => {
        const path = `${pathname}/v1/models`;
        const request = httpRequest(
          { port, host: '127.0.0.1', path, headers: { host } },
          (answer) => {
            answer.resume();
            resolve(answer.statusCode);
          },
        );
        request.on('error', reject).end();
      });
    const hosts = [
      `127.0.0.1:${port}`,
      `LOCALHOST:${port}`,
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1.evil.example',
    ];
    expect(await Promise.all(hosts.map(statusFor))).toEqual([200, 200, 403, 403, 403]);
  });

  it('refuses bodies that are too long or compressed', async () => {
    const server = await open();
    const session = fakeSession('t');
    const { url } = server.mount(session);
    const place = `${url}/v1/chat/completions`;
    const long = new Uint8Array(MOST_BYTES + 1).fill(0x20);
    expect((await fetch(place, { method: 'POST', body: long })).status).toBe(413);
    const stream = new Blob([long]).stream();
    const chunked = { method: 'POST', body: stream, duplex: 'half' } as RequestInit;
    expect((await fetch(place, chunked)).status).toBe(413);
    const packed = {
      method: 'POST',
      body: gzipSync(body),
      headers: { 'content-encoding': 'gzip' },
    };
    expect((await fetch(place, packed)).status).toBe(415);
    expect(
      (await fetch(place, { ...asking, headers: { 'content-encoding': 'identity' } })).status,
    ).toBe(200);
    expect(session.requests).toHaveLength(1);
  });

  it('ends connections that are slow to say what they want, while others are served', async () => {
    const server = await open({
      headersTimeout: 400,
      requestTimeout: 600,
      connectionsCheckingInterval: 50,
    });
    const session = fakeSession('t');
    const { url } = server.mount(session);
    const path = new URL(url).pathname;
    const head = `POST ${path}/v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
    const slow = Array.from({ length: 50 }, (_, at) => spoken(url, at % 2 ? head : ''));
    const half = spoken(url, `${head}Content-Length: 100\r\n\r\n{"model"`);
    expect((await fetch(`${url}/v1/chat/completions`, asking)).status).toBe(200);
    for (const heard of await Promise.all([...slow, half]))
      expect(heard).toMatch(/^HTTP\/1\.1 408 /);
    expect(session.requests).toHaveLength(1);
    expect(session.faults).toEqual([]);
  });

  it('takes no fault from clients that leave or speak something else', async () => {
    const server = await open();
    const session = fakeSession('t');
    const { url } = server.mount(session);
    const port = Number(new URL(url).port);
    const leaving = net.connect(port, '127.0.0.1');
    leaving.on('error', () => {}).resume();
    leaving.end(
      `POST ${new URL(url).pathname}/v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{`,
    );
    await once(leaving, 'close');
    expect(await spoken(url, '\x16\x03\x01\x02\x00 no HTTP\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await fetch(`${url}/v1/models`)).status).toBe(200);
    expect(session.faults).toEqual([]);
  });
});

describe('the tools endpoint', () => {
  it('lists the tools', async () => {
    const { url } = (await open()).mount(fakeSession('t'));
    expect(await (await fetch(`${url}/tools`)).json()).toEqual({
      tools: [{ name: 'get_order', description: 'Looks an order up', input: { type: 'object' } }],
    });
  });

  it('calls one with JSON arguments', async () => {
    const tool = async ({ tool: name }: { tool: string }) =>
      name === 'broken' ? { error: { message: 'Broken', code: 'x' } } : { result: undefined };
    const server = await open();
    const session = fakeSession('t', { tool });
    const { url } = server.mount(session);
    const call = async (name: string, args?: string) => {
      const answer = await fetch(`${url}/tools/${name}`, {
        method: 'POST',
        ...(args && { body: args }),
      });
      return [answer.status, await answer.json()];
    };
    expect(await call('get%20order', '{"id":"A1"}')).toEqual([200, { result: null }]);
    expect(await call('broken')).toEqual([200, { error: { message: 'Broken', code: 'x' } }]);
    expect(session.calls).toEqual([
      { tool: 'get order', args: { id: 'A1' } },
      { tool: 'broken', args: {} },
    ]);
    expect(await call('a', '{')).toMatchObject([400, { error: { code: 'invalid_body' } }]);
    expect(await call('%zz')).toMatchObject([400, { error: { code: 'invalid_body' } }]);
    expect((await fetch(`${url}/tools/a`)).status).toBe(405);
    expect(session.calls).toHaveLength(2);
  });

  it('does nothing once the trial is over', async () => {
    const halt = { kind: 'limit', limit: 'tool_calls', reason: '5 calls' } as const;
    const thrown = [new TrialHalted(halt, 'over'), new AgentopsError('mock_fault', 'No mock')];
    const tool = async () => Promise.reject(thrown.shift());
    const { url } = (await open()).mount(fakeSession('t', { tool }));
    const over = await fetch(`${url}/tools/a`, { method: 'POST' });
    expect([over.status, await over.json()]).toEqual([
      403,
      {
        error: {
          message: 'Cannot go on: the trial reached its ceiling tool_calls (5 calls)',
          code: 'trial_limit',
        },
      },
    ]);
    expect(await (await fetch(`${url}/tools/a`, { method: 'POST' })).json()).toEqual({
      error: { message: 'No mock', code: 'mock_fault' },
    });
  });
});
