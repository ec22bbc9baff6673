import type { ServerResponse } from 'node:http';
import { isObject, ownValue } from '../json/object.ts';
import type { Handler } from './handler.ts';
import { sendWebResponse, webRequest } from './mcp-http.ts';
import { loadMcpSdk, type McpSdk, mcpServer, type RawArgs } from './mcp-server.ts';
import { type McpTools, type ServedSession, sessionTools } from './mcp-tools.ts';
import { parseBody } from './parse-body.ts';
import { MOST_BYTES_AT_ONCE, RefusedBody, withBody } from './read-body.ts';
import { sendJson } from './send.ts';

const PARSE_ERROR = -32700;
const SERVER_ERROR = -32000;

/** Serves the mocked tools of a trial over streamable HTTP, without sessions: every request stands for itself. */
export function mcpHandler(session: ServedSession): Handler {
  const tools = sessionTools(session);
  const budget = { left: MOST_BYTES_AT_ONCE };
  return async (request, response) => {
    if (request.method !== 'POST') {
      // Without sessions there is no stream to open and none to end
      return refuse(response, 405, SERVER_ERROR, 'Method not allowed', { allow: 'POST' });
    }
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    try {
      await withBody(request, budget, async (bytes) => {
        const sdk = await loadMcpSdk();
        const web = webRequest(request, gone.signal);
        const work = answerTo(sdk, tools, web, parseBody(bytes));
        const answer = await untilAborted(work, gone.signal);
        if (answer !== undefined) await sendWebResponse(answer, response);
      });
    } catch (thrown) {
      if (gone.signal.aborted) return;
      if (!(thrown instanceof RefusedBody)) throw thrown;
      const code = thrown.status === 400 ? PARSE_ERROR : SERVER_ERROR;
      refuse(response, thrown.status, code, thrown.message);
    }
  };
}

/** Answers both generations of clients: those that open with `initialize`, and those whose requests each say it all. */
async function answerTo(
  sdk: McpSdk,
  tools: McpTools,
  request: Request,
  body: unknown,
): Promise<Response> {
  const server = () => mcpServer(sdk, tools, rawArgsIn(body));
  const options = { parsedBody: body };
  if (!(await sdk.isLegacyRequest(request, body))) {
    return sdk.createMcpHandler(server, { legacy: 'reject' }).fetch(request, options);
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
function rawArgsIn(body: unknown): RawArgs {
  const messages = Array.isArray(body) ? body : [body];
  return (id) => {
    const message = messages.find((one) => isObject(one) && ownValue(one, 'id') === id);
    return isObject(message?.params) ? ownValue(message.params, 'arguments') : undefined;
  };
}

/** A call that its client took back has no answer: only the end of the connection ends the wait for one. */
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
  headers: Readonly<Record<string, string>> = {},
): void {
  sendJson(response, status, { jsonrpc: '2.0', id: null, error: { code, message } }, headers);
}
