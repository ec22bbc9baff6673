import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Session } from '../live/session.ts';
import { gatewayHandlers } from './gateway.ts';
import type { Handlers } from './handler.ts';
import { MOST_BYTES_AT_ONCE } from './read-body.ts';
import { type Mount, route } from './route.ts';
import { toolHandlers } from './tools-endpoint.ts';

/** One HTTP server of this machine for all trials of a run. */
export interface LoopbackServer {
  /** Opens the endpoints of a trial under a prefix that nobody can guess. */
  mount(session: Session, more?: MountOptions): Mounted;
  /** Ends all connections and the server. */
  close(): Promise<void>;
}

/** What a trial serves beside models and tools. */
export interface MountOptions {
  /** Further handlers by path, such as `/mcp`; they take the place of others. */
  readonly handlers?: Handlers;
  /** Models that are listed before any was asked. */
  readonly models?: readonly string[];
}

/** The endpoints of one trial. */
export interface Mounted {
  /** Address of the prefix, without a slash at its end. */
  readonly url: string;
  /** Variables that point an unmodified agent here. */
  environment(): Record<string, string>;
  /** Ends what is on its way; later requests find nothing. */
  unmount(): Promise<void>;
}

/** Bounds on connections, in milliseconds and numbers, and where the secret of a prefix comes from. */
export interface ServerOptions {
  readonly headersTimeout?: number;
  readonly requestTimeout?: number;
  readonly keepAliveTimeout?: number;
  readonly connectionsCheckingInterval?: number;
  readonly maxConnections?: number;
  readonly secret?: () => string;
}

/** The key that agents are given instead of real ones. */
const DUMMY_KEY = 'agentops-dummy-key';

/** Opens the server on a free port of 127.0.0.1. */
export async function openServer(options: ServerOptions = {}): Promise<LoopbackServer> {
  const {
    secret = () => randomUUID().replaceAll('-', ''), // cheaper than random bytes, which Node keeps no stock of
    maxConnections = 8192,
    ...bounds
  } = options;
  const mounts = new Map<string, Mount>();
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 60_000,
      connectionsCheckingInterval: 2_000,
      ...bounds,
    },
    (request, response) => route(mounts, request, response),
  );
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return {
    mount(session, more) {
      const name = `${session.trial.id}-${secret()}`;
      mounts.set(name, mountOf(session, more));
      return mounted(`http://127.0.0.1:${port}/t/${name}`, async () => {
        const open = mounts.get(name)?.open ?? [];
        mounts.delete(name);
        for (const response of open) response.destroy();
      });
    },
    close: () =>
      new Promise((resolve) => {
        mounts.clear();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function mountOf(session: Session, { handlers, models = [] }: MountOptions = {}): Mount {
  const budget = { left: MOST_BYTES_AT_ONCE };
  const gateway = gatewayHandlers({ session, budget, models });
  const all = new Map([...toolHandlers(session, budget), ...gateway, ...(handlers ?? [])]);
  return { session, handlers: all, open: new Set() };
}

function mounted(url: string, unmount: () => Promise<void>): Mounted {
  const openai = `${url}/v1`;
  return {
    url,
    unmount,
    environment: () => ({
      OPENAI_BASE_URL: openai,
      OPENAI_API_BASE: openai,
      OPENAI_API_KEY: DUMMY_KEY,
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: DUMMY_KEY,
      AGENTOPS_EVAL_MCP_URL: `${url}/mcp`,
      AGENTOPS_EVAL_TOOLS_URL: `${url}/tools`,
    }),
  };
}
