import type * as sdkTypes from '@modelcontextprotocol/server';
import type { Server } from '@modelcontextprotocol/server';
import type * as stdioTypes from '@modelcontextprotocol/server/stdio';
import { messageOf } from '../errors.ts';
import { TrialHalted } from '../live/session.ts';
import { McpFault, type McpTools } from './mcp-tools.ts';
import { refusalOf } from './refusal.ts';

/** The MCP package, which only trials with an MCP client load. */
export type McpSdk = typeof sdkTypes;

/** A script from V8's code cache cannot import by itself: what starts it does so for it. */
const importModule = __AGENTOPS_IMPORT__ ?? ((specifier: string) => import(specifier));

/** Loads the MCP package on first use. */
export async function loadMcpSdk(): Promise<McpSdk> {
  return (await importModule('@modelcontextprotocol/server')) as McpSdk; // the package of that name
}

/** Loads the part of the MCP package that serves one client over streams. */
export async function loadMcpStdio(): Promise<typeof stdioTypes> {
  return (await importModule('@modelcontextprotocol/server/stdio')) as typeof stdioTypes; // the module of that name
}

/** A call as it came in: the package drops arguments with names such as `__proto__`. */
export type RawArgs = (id: string | number) => unknown;

/** A server for one exchange or one connection. The low-level one: JSON Schemas of a suite pass through as they are. */
export function mcpServer(sdk: McpSdk, tools: McpTools, rawArgs?: RawArgs): Server {
  const server = new sdk.Server(
    { name: 'agentops', version: __AGENTOPS_VERSION__ },
    { capabilities: { tools: {} } },
  );
  server.setRequestHandler('tools/list', async () => ({ tools: [...(await tools.list())] }));
  server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
    const args = rawArgs?.(mcpReq.id) ?? params.arguments ?? {};
    try {
      return await tools.call(params.name, args);
    } catch (thrown) {
      throw protocolError(sdk, thrown);
    }
  });
  return server;
}

/** A trial that was stopped, or whose mocks are at fault, is no answer of the tool: clients are told by an error of the protocol. */
function protocolError(sdk: McpSdk, thrown: unknown): Error {
  if (thrown instanceof McpFault) {
    return new sdk.ProtocolError(thrown.code ?? sdk.INTERNAL_ERROR, thrown.message, thrown.data);
  }
  const data = thrown instanceof TrialHalted ? { halt: thrown.halt.kind } : undefined;
  const message = refusalOf(thrown)?.message ?? messageOf(thrown);
  return new sdk.ProtocolError(sdk.INTERNAL_ERROR, message, data);
}
