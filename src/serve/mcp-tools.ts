import type { CallToolResult, Tool as McpTool } from '@modelcontextprotocol/server';
import type { Session } from '../live/session.ts';
import type { Tool } from '../model/tool.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';

/** What an MCP server serves: tools with their schemas, and their answers. */
export interface McpTools {
  list(): Promise<readonly McpTool[]>;
  /** Throws what a client should see as an error of the protocol. */
  call(tool: string, args: unknown): Promise<CallToolResult>;
}

/** What a client is told by an error of the protocol, not by an answer of a tool; the code is one of JSON-RPC. */
export class McpFault extends Error {
  override readonly name = 'McpFault';
  readonly code: number | undefined;
  readonly data: unknown;

  constructor(message: string, code?: number, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** What of a session its tools are served from. */
export type ServedSession = Pick<Session, 'tools' | 'callTool'> &
  Partial<Pick<Session, 'approvalTool'>>;

/** The mocked tools of a trial, and the one with which it asks for approval; a call of one is part of the trial, and so is a call of one that has no mock. */
export function sessionTools(session: ServedSession): McpTools {
  const isServed = (name: string, { mock }: Tool) =>
    name === session.approvalTool || (mock !== undefined && mock.kind !== 'agent');
  return {
    list: async () =>
      Object.entries(session.tools ?? {})
        .filter(([name, tool]) => isServed(name, tool))
        .map(([name, tool]) => described(name, tool)),
    call: async (tool, args) => toolResult(await session.callTool({ tool, args })),
  };
}

/** Clients refuse the whole list for one schema that is not an object's. */
function described(name: string, { description, input }: Tool): McpTool {
  return {
    name,
    ...(description !== undefined && { description }),
    inputSchema: { ...input, type: 'object' },
  };
}

/** An answer as MCP has it: text alone, as LangChain shows models another text where there is structured content too. */
function toolResult(answer: ToolAnswer): CallToolResult {
  if ('error' in answer) {
    const { message, code } = answer.error;
    return { content: text(code === undefined ? message : `${message} (${code})`), isError: true };
  }
  const { result } = answer;
  return {
    content: text(typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null')),
  };
}

const text = (words: string) => [{ type: 'text' as const, text: words }];
