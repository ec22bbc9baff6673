import type { AgentEntry, Task } from '../model/suite.ts';
import { liveAgents } from './live-agents.ts';
import type { LoadedAttacks } from './load-attacks.ts';
import type { SuiteLoading } from './part-loading.ts';
import { someOf } from './schema-message.ts';
import { faultAt } from './source.ts';

/** Tells of attacks without `inject` that a task runs with: only recordings can carry them. Faults where all agents are live, else warnings. */
export function checkUnplanted(
  { faults, kinds }: SuiteLoading,
  unplanted: LoadedAttacks['unplanted'],
  { agents, tasks }: { readonly agents: readonly AgentEntry[]; readonly tasks: readonly Task[] },
): void {
  if (faults.some(({ severity }) => severity === 'error')) return; // some of them may be missing
  const live = liveAgents(kinds, agents).map(({ name }) => name);
  if (live.length === 0) return;
  const severity = live.length === agents.length ? 'error' : 'warning';
  const ran = tasks.filter(({ skip }) => skip === undefined);
  for (const [name, at] of unplanted) {
    if (!ran.some(({ attacks }) => !attacks || attacks.names.includes(name))) continue;
    const message = `The attack "${name}" has no inject, which live agents need: ${someOf(live)}`;
    faults.push(faultAt(at.source, at.path, message, { severity, on: 'key' }));
  }
}
