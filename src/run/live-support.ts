import type { AgentSupport, ModelSettings } from '../agents/agent.ts';
import { mcpHandler } from '../serve/mcp.ts';
import { type LoopbackServer, openServer } from '../serve/server.ts';
import { liveSource } from '../llm/live-source.ts';
import type { ModelSource } from '../llm/model-source.ts';
import { costOf } from '../llm/prices.ts';
import { recordedSource } from '../llm/recorded-source.ts';
import { recordingSource } from '../llm/recording-source.ts';
import { scriptedSource } from '../llm/scripted.ts';
import { AgentopsError } from '../errors.ts';
import type { LoadFunction } from '../model/load-function.ts';
import type { Suite } from '../model/suite.ts';
import { hostOf } from '../tools/host-of.ts';
import type { RunMeter } from './run-ceilings.ts';
import type { RunOptions } from './run-options.ts';

/** What the live agents of a run share; nothing of it is started before one of them needs it. */
export interface LiveRun {
  supportOf(suite: Suite, load: LoadFunction): AgentSupport;
  /** Writes recordings and closes the endpoints. */
  close(): Promise<void>;
}
