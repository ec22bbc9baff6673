import type { IncomingMessage, ServerResponse } from 'node:http';
import type { McpHttpHandler } from '@modelcontextprotocol/server';
import { isObject, ownValue } from '../json/object.ts';
import type { Session } from '../live/session.ts';
import { bodyText, sendWebResponse, webRequest } from './mcp-http.ts';
import { loadMcpSdk, type McpSdk, mcpServer, type RawArgs } from './mcp-server.ts';
import { type McpTools, sessionTools } from './mcp-tools.ts';

/** Answers one request that was routed to the MCP endpoint of a trial; never throws for what a client sent. */
export type McpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const MAX_BODY = 4 * 1024 * 1024;

/** Serves the mocked tools of a trial over streamable HTTP, without sessions: every request stands for itself. */
export function mcpHandler(session: Session): McpHandler {
  const tools = sessionTools(session);
  return async (request, response) => {
    if (request.method !== 'POST') {
      // Without a session there is no stream to open and none to end
      return refuse(response, 405, -32000, 'Method not allowed', { allow: 'POST' });
    }
    const text = await bodyText(request, MAX_BODY).catch(() => undefined);
    if (text === undefined) return void response.destroy();
    if (text === null) {
      const words = `Cannot read the request: it is longer than ${MAX_BODY} bytes`;
      return refuse(response, 413, -32000, words, { connection: 'close' });
    }
    const body = parsed(text);
    if (body === undefined) return refuse(response, 400, -32700, 'Parse error: expected JSON');
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const web = webRequest(request, gone.signal);
    const answer = await untilAborted(answerOf(await loadMcpSdk(), tools, web, body), gone.signal);
    if (answer !== undefined) await sendWebResponse(answer, response);
  };
}

/** Both generations of the protocol: the one that opens with `initialize`, and the one whose requests say all themselves. */
async function answerOf(
  sdk: McpSdk,
  tools: McpTools,
  request: Request,
  body: unknown,
): Promise<Response> {
  const server = () => mcpServer(sdk, tools, rawArgsOf(body));
  const options = { parsedBody: body };
  if (!(await sdk.isLegacyRequest(request, body))) {
    const handler: McpHttpHandler = sdk.createMcpHandler(server, {
      legacy: 'reject',
    });
    return handler.fetch(request, options);
  }
  const transport = new sdk.WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  const connected = server();
  try {
    await connected.connect(transport);
    return await transport.handleRequest(request, options);
  } finally {
    await connected.close();
  }
}

/** The arguments of the call with an id, as they were sent. */
function rawArgsOf(body: unknown): RawArgs {
  const messages = Array.isArray(body) ? body : [body];
  return (id) => {
    const message = messages.find((one) => isObject(one) && ownValue(one, 'id') === id);
    return isObject(message?.params) ? ownValue(message.params, 'arguments') : undefined;
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

/** A cancelled call has no answer, so that nothing but the end of its connection ends the wait for one. */
function untilAborted<Value>(
  work: Promise<Value>,
  signal: AbortSignal,
): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    work.then(resolve, reject);
  });
}

function refuse(
  response: ServerResponse,
  status: number,
  code: number,
  message: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } }));
}
