import { narrowerPolicyYaml } from './narrower-policy-yaml.ts';
import type { AgentPermissions } from './run-permissions.ts';

/** What agents were granted and used, as data for programs; the proposed policy as data and as text. */
export function permissionJson(run: string, agents: readonly AgentPermissions[]) {
  return {
    schema_version: 1,
    run,
    agents: agents.map(({ proposal, ...one }) => ({
      ...one,
      proposed: {
        policy: proposal.policy,
        notes: proposal.notes,
        yaml: narrowerPolicyYaml(proposal),
      },
    })),
  };
}
