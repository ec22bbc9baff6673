import type { AgentEntry, Suite } from '../model/suite.ts';
import type { Tools } from '../model/tool.ts';
import { withApprovalTool } from './approval-tool.ts';
import { checkUnplanted } from './check-unplanted.ts';
import { liveAgents } from './live-agents.ts';
import { loadApprovals } from './load-approvals.ts';
import { type AttackNames, type LoadedAttacks, loadAttacks, warnOfUnused } from './load-attacks.ts';
import { checkPlanted, type LoadedCanaries, loadCanaries } from './load-canaries.ts';
import { loadPolicy } from './load-policy.ts';
import type { Part, SuiteLoading } from './part-loading.ts';

/** What a suite holds its agents to and tempts them with. */
export interface SuiteSafety {
  readonly parts: Pick<Suite, 'policy' | 'approvals' | 'attacks' | 'canaries'>;
  /** What its tasks may call the attacks. */
  readonly names: AttackNames | null;
  /** Where attacks stand that plant nothing. */
  readonly unplanted: LoadedAttacks['unplanted'];
  /** The declared tools, and the one with which agents ask for approval. */
  readonly tools: Tools | null;
  /** Canaries with their place, for what shows only beside the tasks. */
  readonly canaries: LoadedCanaries | undefined;
}

/** Tells what shows only once tasks and world are read. */
export function checkSafety(
  loading: SuiteLoading,
  { parts, canaries, unplanted }: SuiteSafety,
  { agents, tasks, world, at }: Pick<Suite, 'agents' | 'tasks' | 'world'> & { readonly at: Part },
): void {
  if (canaries) checkPlanted(loading, canaries, { ...(world && { world }), tasks });
  warnOfUnused(loading, at, parts.attacks ?? [], tasks);
  checkUnplanted(loading, unplanted, { agents, tasks });
}

/** Reads policy, approvals, attacks and canaries; `part` gives what stands under a key of the suite. */
export async function loadSafety(
  loading: SuiteLoading,
  part: (key: string) => Part,
  declared: Tools | null,
  agents: readonly AgentEntry[],
): Promise<SuiteSafety> {
  const isUnmanned =
    part('approvals').value === undefined && liveAgents(loading.kinds, agents).length > 0;
  const policy = await loadPolicy(loading, part('policy'), declared, isUnmanned);
  const tools = withApprovalTool(declared, policy);
  const approvals = await loadApprovals(loading, part('approvals'), tools, policy);
  const { attacks, names, unplanted } = await loadAttacks(loading, part('attacks'), tools);
  const canaries = await loadCanaries(loading, part('canaries'), String(part('suite').value));
  const parts = {
    ...(policy && { policy }),
    ...(approvals && { approvals }),
    ...(attacks.length > 0 && { attacks }),
    ...(canaries && { canaries: canaries.canaries }),
  };
  return { parts, names, unplanted, tools, canaries };
}
