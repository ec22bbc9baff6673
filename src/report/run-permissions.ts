import type { Policy } from '../model/policy.ts';
import { type NarrowerPolicy, narrowerPolicy } from '../safety/permissions/narrower-policy.ts';
import { type ActorPermissions, permissionsOf } from '../safety/permissions/permissions.ts';
import { type UseCounter, type Uses, useCounter } from '../safety/permissions/tool-uses.ts';
import type { StoredRun } from '../store/stored-run.ts';

/** What one agent of a suite was granted and used in a run. */
export interface AgentPermissions
  extends Pick<Uses, 'trials' | 'attacked' | 'unread' | 'user_calls'> {
  readonly suite: string;
  readonly agent: string;
  /** Whether the run tells what was granted: older ones do not. */
  readonly grants_known: boolean;
  readonly actors: readonly ActorPermissions[];
  readonly proposal: NarrowerPolicy;
}

/** Goes through the trials of a run one by one and holds what was used against what was granted, for each suite and agent. Throws `store_fault`. */
export async function runPermissions(run: StoredRun): Promise<AgentPermissions[]> {
  const counters = new Map<string, { suite: string; agent: string; counter: UseCounter }>();
  for (const { suite, agent } of run.plan.rows) {
    const key = JSON.stringify([suite, agent]);
    if (!counters.has(key)) counters.set(key, { suite, agent, counter: useCounter() });
  }
  try {
    for await (const result of run.trials()) {
      const counted = counters.get(JSON.stringify([result.suite, result.agent]));
      if (result.status === 'skip') continue;
      counted?.counter.add(await run.trajectory(result), result.attack);
    }
  } finally {
    run.close();
  }
  return [...counters.values()].map(({ suite, agent, counter }) => {
    const uses = counter.uses();
    const planned = run.plan.suites.find((one) => one.suite === suite);
    const policy = planned?.policy as Policy | null | undefined; // a suite that was loaded had it
    const tools = planned?.tools;
    const actors = permissionsOf(uses, { tools, policy });
    const { trials, attacked, unread, user_calls } = uses;
    return {
      suite,
      agent,
      trials,
      attacked,
      unread,
      user_calls,
      grants_known: tools !== undefined || policy !== undefined,
      actors,
      proposal: narrowerPolicy(actors, policy),
    };
  });
}
