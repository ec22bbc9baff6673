import type { AgentKind } from './agent.ts';
import { chat } from './chat.ts';
import { command } from './command.ts';
import { http } from './http.ts';
import { module } from './module.ts';
import { replay } from './replay.ts';

/** Every kind of agent. */
export const agentKinds: readonly AgentKind[] = [replay, chat, module, command, http];
