import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type LiveCall, TrialHalted } from '../live/session.ts';
import type { Tools } from '../model/tool.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import { mcpHandler } from './mcp.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const mock = { kind: 'entries' as const, entries: [] };
const shop: Tools = {
  get_order: {
    description: 'Looks up an order',
    input: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      properties: { order_id: { type: 'string', pattern: '^\\d+$' } },
      required: ['order_id'],
    },
    mock,
  },
  list_orders: { mock },
  not_mocked: { description: 'Only declared' },
};

/** Serves tools, and gives what posts to them and what was called. */
async function served(
  answer: (call: LiveCall) => Promise<ToolAnswer> = async () => ({ result: { total: 42.5 } }),
  tools: Tools | null = shop,
  approvalTool: string | null = null,
) {
  const calls: LiveCall[] = [];
  const handler = mcpHandler({
    tools,
    approvalTool,
    callTool: (call) => {
      calls.push(call);
      return answer(call);
    },
  });
  const thrown: unknown[] = [];
  const server = createServer((request, response) => {
    handler(request, response, '/mcp').catch((error) => {
      thrown.push(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  const send = async (body: string, init: RequestInit = {}) => {
    const headers = { 'content-type': 'application/json', ...init.headers };
    const response = await fetch(url, { method: 'POST', body, ...init, headers });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  const post = (message: unknown, headers: Record<string, string> = {}) =>
    send(JSON.stringify(message), { headers });
  const call = (name: string, args: unknown) =>
    post({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name, arguments: args } });
  return { url, calls, thrown, send, post, call };
}

const modern = (method: string, params: object = {}) => ({
  message: {
    jsonrpc: '2.0',
    id: 1,
    method,
    params: {
      ...params,
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'c', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    },
  },
  headers: {
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    ...('name' in params && { 'mcp-name': String(params.name) }),
  },
});

describe('mcpHandler()', () => {
  it('lists tools that have a mock, with their schemas as the suite has them', async () => {
    const { post } = await served();
    const { status, body } = await post({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    expect(status).toBe(200);
    expect(body.result.tools).toEqual([
      {
        name: 'get_order',
        description: 'Looks up an order',
        inputSchema: { ...shop['get_order']?.input, type: 'object' },
      },
      { name: 'list_orders', inputSchema: { type: 'object' } },
    ]);
  });

  it('lists the tool that asks for approval, which needs no mock', async () => {
    const tools = { ask_human: { description: 'Asks a person' }, other: {} };
    const { post } = await served(undefined, tools, 'ask_human');
    const { body } = await post({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    expect(body.result.tools.map(({ name }: { name: string }) => name)).toEqual(['ask_human']);
  });

  it('lists nothing when the suite has no tools', async () => {
    const { post } = await served(undefined, null);
    const { body } = await post({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    expect(body.result.tools).toEqual([]);
  });

  it('calls tools through the session, with arguments of any name', async () => {
    const { send, calls } = await served();
    const args = '{"order_id":"1042","__proto__":{"a":1},"constructor":2}';
    const { body } = await send(
      `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_order","arguments":${args}}}`,
    );
    expect(body.result).toEqual({ content: [{ type: 'text', text: '{"total":42.5}' }] });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.tool).toBe('get_order');
    expect(JSON.stringify(calls[0]?.args)).toBe(args);
  });

  it('takes a call without arguments for one with none', async () => {
    const { post, calls } = await served();
    await post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_orders' } });
    expect(calls).toEqual([{ tool: 'list_orders', args: {} }]);
  });

  it.each([
    [{ result: 'As it is' }, { content: [{ type: 'text', text: 'As it is' }] }],
    [{ result: [1, 'b'] }, { content: [{ type: 'text', text: '[1,"b"]' }] }],
    [{ result: null }, { content: [{ type: 'text', text: 'null' }] }],
    [{ result: undefined }, { content: [{ type: 'text', text: 'null' }] }],
    [
      { error: { message: 'No such order', code: 'not_found' } },
      { content: [{ type: 'text', text: 'No such order (not_found)' }], isError: true },
    ],
    [{ error: { message: 'Down' } }, { content: [{ type: 'text', text: 'Down' }], isError: true }],
  ])('answers %j as text', async (answer, wanted) => {
    const { call } = await served(async () => answer);
    expect((await call('get_order', {})).body.result).toEqual(wanted);
  });

  it('answers an error of the protocol once the trial was stopped', async () => {
    const halt = { kind: 'limit', limit: 'tool_calls', reason: '10 of 10' } as const;
    const { call } = await served(async () => {
      throw new TrialHalted(halt, 'stopped');
    });
    const { body } = await call('get_order', {});
    expect(body.result).toBeUndefined();
    expect(body.error).toMatchObject({ code: -32603, data: { halt: 'limit' } });
    expect(body.error.message).toContain('ceiling tool_calls (10 of 10)');
  });

  it.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])(
    'speaks version %s with clients that open with it',
    async (version) => {
      const { post, call } = await served();
      const params = {
        protocolVersion: version,
        capabilities: {},
        clientInfo: { name: 'c', version: '1' },
      };
      const { body } = await post({ jsonrpc: '2.0', id: 0, method: 'initialize', params });
      expect(body.result.protocolVersion).toBe(version);
      const done = await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
      expect(done).toEqual({ status: 202, body: null });
      expect((await call('get_order', {})).body.result.isError).toBeUndefined();
    },
  );

  it('speaks version 2026-07-28 with clients whose requests say it all', async () => {
    const { post, calls } = await served();
    const list = modern('tools/list');
    expect((await post(list.message, list.headers)).body.result.tools).toHaveLength(2);
    const call = modern('tools/call', { name: 'get_order', arguments: { order_id: '1' } });
    const { body } = await post(call.message, call.headers);
    expect(body.result.content).toEqual([{ type: 'text', text: '{"total":42.5}' }]);
    expect(calls).toEqual([{ tool: 'get_order', args: { order_id: '1' } }]);
  });

  it.each(['GET', 'DELETE', 'PUT'])('refuses %s: there are no sessions', async (method) => {
    const { url } = await served();
    const response = await fetch(url, { method, headers: { accept: 'text/event-stream' } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it.each([
    ['no JSON', '{"jsonrpc":', 400],
    ['nothing', '', 400],
    ['a number', '7', 400],
    ['no message', '{"hello":1}', 400],
    ['levels without end', '['.repeat(100_000), 400],
    ['too much', `"${'a'.repeat(9 * 1024 * 1024)}"`, 413],
  ])('refuses %s', async (_name, body, status) => {
    const { send, thrown } = await served();
    const answer = await send(body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toEqual(expect.any(String));
    expect(thrown).toEqual([]);
  });

  it('refuses a batch of ten thousand calls and makes none of them', async () => {
    const { post, calls, thrown } = await served();
    const batch = Array.from({ length: 10_000 }, (_, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: 'get_order', arguments: {} },
    }));
    expect((await post(batch)).status).toBe(400);
    expect(calls).toEqual([]);
    expect(thrown).toEqual([]);
  });

  it('answers each call of a small batch with its own arguments', async () => {
    const { post } = await served(async ({ args }) => ({ result: args }));
    const batch = [1, 2].map((id) => ({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: 'get_order', arguments: { id } },
    }));
    const { body } = await post(batch);
    const texts = body.map((one: { result: { content: { text: string }[] } }) =>
      one.result.content.map(({ text }) => text),
    );
    expect(texts).toEqual([['{"id":1}'], ['{"id":2}']]);
  });

  it('takes ids of any length and methods of any name', async () => {
    const { post, thrown } = await served();
    const id = 'i'.repeat(1_000_000);
    const { body } = await post({ jsonrpc: '2.0', id, method: 'ping' });
    expect(body).toMatchObject({ id, result: {} });
    const other = await post({ jsonrpc: '2.0', id: 1, method: '__proto__' });
    expect(other.body.error.code).toBe(-32601);
    expect(thrown).toEqual([]);
  });

  it('lets go of a call that its client took back, once the client is gone', async () => {
    const { url, calls, thrown } = await served(() => new Promise(() => {}));
    const gone = new AbortController();
    const params = { name: 'get_order', arguments: {} };
    const asking = fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
      signal: gone.signal,
    });
    await expect.poll(() => calls.length).toBe(1);
    gone.abort();
    await expect(asking).rejects.toThrow();
    expect(thrown).toEqual([]);
  });
});
