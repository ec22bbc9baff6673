import { isObject } from '../json/object.ts';
import { McpFault, type McpTools } from './mcp-tools.ts';

/** The tools of the MCP endpoint at a URL, for clients that speak MCP over stdio only: a call of one is part of the trial there. */
export function remoteTools(url: string): McpTools {
  return {
    list: async () => ((await ask(url, 'tools/list', {})) as { tools: [] }).tools, // our own endpoint
    call: async (name, args) =>
      (await ask(url, 'tools/call', { name, arguments: args })) as { content: [] }, // our own endpoint
  };
}

async function ask(url: string, method: string, params: object): Promise<unknown> {
  const answer = await post(url, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  if (!isObject(answer)) throw new McpFault(`Cannot use ${url}: it does not speak MCP`);
  const { error, result } = answer;
  if (isObject(error)) {
    throw new McpFault(String(error['message']), Number(error['code']), error['data']);
  }
  return result;
}

async function post(url: string, body: string): Promise<unknown> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  try {
    const response = await fetch(url, { method: 'POST', headers, body });
    return await response.json();
  } catch (thrown) {
    throw new McpFault(`Cannot reach the trial at ${url}: expected it to run`, undefined, {
      cause: String(thrown),
    });
  }
}
