import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { TrialHalted } from '../live/session.ts';
import type { Tools } from '../model/tool.ts';
import { mcpHandler } from './mcp.ts';
import { remoteTools } from './mcp-remote.ts';
import { serveMcpStreams } from './mcp-stdio.ts';
import { type McpTools, sessionTools } from './mcp-tools.ts';

const shop: Tools = { get_order: { mock: { kind: 'entries', entries: [] } } };
const call = (id: number, args: unknown) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'get_order', arguments: args },
});
const opening = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'c', version: '1' },
  },
};

/** Writes lines to a server over streams and ends its input; gives what it answered by id. */
async function talk(tools: McpTools, lines: readonly unknown[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  const faults: string[] = [];
  const done = serveMcpStreams(tools, { input, output, onFault: (words) => faults.push(words) });
  const written = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  input.end(written.join('\n'));
  await done;
  output.end();
  const answers = (await text(output)).split('\n').filter((line) => line !== '');
  const parsed = answers.map((line) => JSON.parse(line));
  return { answers: new Map(parsed.map((answer) => [answer.id, answer])), faults };
}

it('serveMcpStreams() answers all that was asked before the input ended', async () => {
  const tools = sessionTools({
    tools: shop,
    callTool: async ({ args }) => {
      await new Promise((resolve) => setImmediate(resolve));
      return { result: args };
    },
  });
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  const odd =
    '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get_order","arguments":{"__proto__":1}}}';
  const { answers, faults } = await talk(tools, [opening, '', list, call(2, { a: 1 }), odd]);
  expect(answers.get(0).result.protocolVersion).toBe('2025-06-18');
  expect(answers.get(1).result.tools).toEqual([
    { name: 'get_order', inputSchema: { type: 'object' } },
  ]);
  expect(answers.get(2).result.content).toEqual([{ type: 'text', text: '{"a":1}' }]);
  expect(answers.get(3).result.content).toEqual([{ type: 'text', text: '{"__proto__":1}' }]);
  expect(faults).toEqual([]);
});

it('serveMcpStreams() tells of lines that are no message, and goes on', async () => {
  const tools = sessionTools({ tools: shop, callTool: async () => ({ result: 'Here' }) });
  const long = `{"a":"${'x'.repeat(5 * 1024 * 1024)}"}`;
  const { answers, faults } = await talk(tools, [opening, '{"a":', long, '[1]', call(2, {})]);
  expect(faults).toHaveLength(3);
  expect(answers.get(2).result.content).toEqual([{ type: 'text', text: 'Here' }]);
});

it('serveMcpStreams() ends where a call was taken back that is never answered', async () => {
  const tools = sessionTools({ tools: shop, callTool: () => new Promise(() => {}) });
  const back = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 2 } };
  const { answers } = await talk(tools, [opening, call(2, {}), back]);
  expect([...answers.keys()]).toEqual([0]);
});

it('remoteTools() makes calls part of the trial at a URL', async () => {
  const calls: unknown[] = [];
  const handler = mcpHandler({
    tools: shop,
    callTool: async (asked) => {
      calls.push(asked);
      if (calls.length === 1) return { error: { message: 'Down' } };
      throw new TrialHalted({ kind: 'limit', limit: 'tool_calls', reason: '1 of 1' }, 'stopped');
    },
  });
  const server = createServer((request, response) => void handler(request, response, '/mcp'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tools = remoteTools(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
  try {
    const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    const first = await talk(tools, [opening, list, call(2, { a: 1 })]);
    expect(first.answers.get(1).result.tools).toHaveLength(1);
    expect(first.answers.get(2).result).toEqual({
      content: [{ type: 'text', text: 'Down' }],
      isError: true,
    });
    expect(calls).toEqual([{ tool: 'get_order', args: { a: 1 } }]);
    const second = await talk(tools, [opening, call(2, {})]);
    expect(second.answers.get(2).error).toMatchObject({ code: -32603, data: { halt: 'limit' } });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

it('remoteTools() says so where nothing is at the URL', async () => {
  const tools = remoteTools('http://127.0.0.1:1/mcp');
  const { answers } = await talk(tools, [opening, call(2, {})]);
  expect(answers.get(2).error.message).toContain('Cannot reach the trial');
});
