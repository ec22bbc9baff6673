import type { AgentKind, AgentSupport } from '../agents/agent.ts';
import { AgentopsError } from '../errors.ts';
import type { Suite } from '../model/suite.ts';
import type { ReadyAgent } from './plan-rows.ts';
import { type Selection, selectedAgents, selectedTasks } from './selection.ts';

/** Gets the selected agents of every suite ready; closes those that are when one cannot be. */
export async function openAgents(
  suites: readonly Suite[],
  { agentKinds, selection }: { agentKinds: readonly AgentKind[]; selection: Selection },
  supportOf: (suite: Suite) => AgentSupport,
): Promise<ReadyAgent[]> {
  const ready: ReadyAgent[] = [];
  try {
    for (const suite of suites) {
      if (selectedTasks(suite, selection).length === 0) continue;
      for (const entry of selectedAgents(suite, selection)) {
        const kind = agentKinds.find((one) => one.key === entry.kind);
        if (!kind) {
          const words = `Cannot run agent "${entry.name}": there is no kind "${entry.kind}"`;
          throw new AgentopsError('usage', words);
        }
        ready.push({
          suite,
          name: entry.name,
          agent: await kind.open(entry, suite, () => supportOf(suite)),
        });
      }
    }
    return ready;
  } catch (thrown) {
    for (const { agent } of ready) await agent.close();
    throw thrown;
  }
}
