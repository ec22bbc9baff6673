import type { Readable, Writable } from 'node:stream';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { isObject, ownValue } from '../json/object.ts';
import { lineCutter } from './line-cutter.ts';
import { loadMcpSdk, loadMcpStdio, mcpServer } from './mcp-server.ts';
import type { McpTools } from './mcp-tools.ts';

/** Where an MCP client is listened to and answered, and who hears of what it did wrong. */
export interface McpStreams {
  readonly input: Readable;
  readonly output: Writable;
  readonly onFault: (words: string) => void;
}

const MAX_LINE = 4 * 1024 * 1024;

/** Serves tools to one client over two streams; settles once the client has ended its own and has its answers. */
export async function serveMcpStreams(tools: McpTools, streams: McpStreams): Promise<void> {
  const [sdk, { serveStdio }] = await Promise.all([loadMcpSdk(), loadMcpStdio()]);
  const connection = new LineConnection(streams);
  const factory = () => mcpServer(sdk, tools, (id) => connection.rawArgs(id));
  serveStdio(factory, {
    transport: connection,
    onerror: (error) => streams.onFault(error.message),
  });
  await connection.closed;
}

/** A client that writes a message a line. Other than the package's own, it answers what was asked before its input ended. */
class LineConnection implements Transport {
  onclose?: () => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly closed: Promise<void>;
  private readonly streams: McpStreams;
  /** Requests without an answer by their id, with the arguments that they came with. */
  private readonly open = new Map<unknown, unknown>();
  private ended = false;
  private settle: () => void = () => {};

  constructor(streams: McpStreams) {
    this.streams = streams;
    this.closed = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  rawArgs(id: string | number): unknown {
    return this.open.get(id);
  }

  async start(): Promise<void> {
    const { input, output } = this.streams;
    const cut = lineCutter(MAX_LINE);
    input.on('data', (chunk: Buffer) => {
      for (const line of cut(chunk)) this.take(line);
    });
    const end = () => {
      for (const line of cut(Buffer.from('\n'))) this.take(line);
      this.ended = true;
      this.closeWhenDone();
    };
    input.once('end', end).once('error', end);
    output.once('error', () => this.close());
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const { output } = this.streams;
    await new Promise<void>((resolve) => {
      output.write(`${JSON.stringify(message)}\n`, () => resolve());
    });
    if ('id' in message && !('method' in message)) this.open.delete(message.id);
    this.closeWhenDone();
  }

  async close(): Promise<void> {
    this.streams.input.pause();
    this.settle();
    this.onclose?.();
  }

  private take(line: string | null): void {
    if (line?.trim() === '') return;
    const message = line === null ? undefined : parsed(line);
    if (!isObject(message)) {
      const limit = `a JSON-RPC message of up to ${MAX_LINE} bytes a line`;
      this.streams.onFault(`Cannot read what the client wrote: expected ${limit}`);
      return;
    }
    const params = isObject(message['params']) ? message['params'] : {};
    if (message['method'] === 'notifications/cancelled') this.open.delete(params['requestId']);
    else if ('method' in message && 'id' in message) {
      this.open.set(message['id'], ownValue(params, 'arguments'));
    }
    this.onmessage?.(message as unknown as JSONRPCMessage); // the package checks it before it uses it
  }

  private closeWhenDone(): void {
    if (this.ended && this.open.size === 0) void this.close();
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
