import type { AgentEntry } from '../model/suite.ts';
import type { SuiteKinds } from './kinds.ts';

/** The agents that run, those of recordings left out. */
export function liveAgents(kinds: SuiteKinds, agents: readonly AgentEntry[]): AgentEntry[] {
  const replays = new Set(kinds.agents.filter((kind) => kind.replays).map(({ key }) => key));
  return agents.filter(({ kind }) => !replays.has(kind));
}
