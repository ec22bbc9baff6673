import type { AgentSupport } from '../agents/agent.ts';
import { costOf } from '../llm/prices.ts';
import type { Suite } from '../model/suite.ts';
import type { mcpHandler } from '../serve/mcp.ts';
import type { LoopbackServer } from '../serve/server.ts';
import { hostOf } from '../tools/host-of.ts';
import { openSources } from './open-sources.ts';
import type { RunMeter } from './run-ceilings.ts';
import type { RunOptions } from './run-options.ts';

/** What the live agents of a run share; nothing of it is started before one of them needs it. */
export interface LiveRun {
  supportOf(suite: Suite): AgentSupport;
  /** SHA-256 of the recordings of models by their paths. */
  recordings(): Promise<Record<string, string>>;
  /** Things to know about recordings. */
  notes(): readonly string[];
  /** Writes recordings and closes the endpoints. Throws `disk_fault`. */
  close(): Promise<void>;
}

/** Gets the surroundings of live agents ready. */
export function liveRun(options: RunOptions, meter: RunMeter): LiveRun {
  const sources = openSources(options);
  const { clock, after, patience, prices, environment } = options.live;
  let opening: Promise<Endpoints> | null = null;
  const hosts = new Map<Suite, AgentSupport['host']>();
  const supportOf = (suite: Suite): AgentSupport => {
    const load = options.loaderOf(suite);
    const host = hosts.get(suite) ?? once(() => hostOf(suite, { load, sleep: patience.sleep }));
    hosts.set(suite, host);
    return {
      environment,
      load,
      host,
      after,
      patience,
      askPerson: options.live.askPerson ?? null,
      now: clock,
      costOf: (model, usage) => costOf(model, usage, prices),
      spend: meter.spend,
      needsCost: meter.needsCost,
      modelsOf: (settings) => sources.of(settings, suite.root),
      serve: async (session) => {
        opening ??= openEndpoints();
        const { server, mcp } = await opening;
        return server.mount(session, { handlers: new Map([['/mcp', mcp(session)]]) });
      },
    };
  };
  return {
    supportOf,
    notes: sources.notes,
    recordings: sources.digests,
    close: async () => {
      await (await opening)?.server.close();
      await sources.close();
    },
  };
}

interface Endpoints {
  readonly server: LoopbackServer;
  readonly mcp: typeof mcpHandler;
}

/** Loaded only here: runs that replay start without the HTTP server of Node. */
async function openEndpoints(): Promise<Endpoints> {
  const { openServer } = await import('../serve/server.ts');
  const { mcpHandler: mcp } = await import('../serve/mcp.ts');
  return { server: await openServer(), mcp };
}

function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
