import type { AgentKind } from './agent.ts';
import { replay } from './replay.ts';

/** Every kind of agent. */
export const agentKinds: readonly AgentKind[] = [replay];
