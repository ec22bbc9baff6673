import type { Plan } from '../model/plan.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { StoredRun } from '../store/stored-run.ts';

/** A trial that two runs have. */
export interface TrialPair {
  readonly base: TrialResult;
  readonly head: TrialResult;
}

/** The trials of two runs that belong together, and how many of each have no counterpart. */
export interface PairedTrials {
  readonly pairs: readonly TrialPair[];
  readonly onlyBase: number;
  readonly onlyHead: number;
}

/** The trials that both runs have, in the order of the second: of one suite, task, attack, number and agent, whose name does not count where each run has one agent for the suite. */
export async function trialPairs(base: StoredRun, head: StoredRun): Promise<PairedTrials> {
  const alone = [base, head].map(({ plan }) => agentsOf(plan));
  const known = new Map<string, TrialResult>();
  const keyOf = ({ suite, task, attack, trial, agent }: TrialResult) => {
    const isAlone = alone.every((agents) => agents.get(suite)?.size === 1);
    return JSON.stringify([suite, task, attack, trial, isAlone ? null : agent]);
  };
  for await (const result of base.trials()) {
    if (result.task !== null) known.set(keyOf(result), slim(result));
  }
  const pairs: TrialPair[] = [];
  let onlyHead = 0;
  for await (const result of head.trials()) {
    const other = known.get(keyOf(result));
    if (other) pairs.push({ base: other, head: slim(result) });
    else onlyHead++;
  }
  return { pairs, onlyBase: known.size - pairs.length, onlyHead };
}

function agentsOf({ rows }: Plan): Map<string, Set<string>> {
  const agents = new Map<string, Set<string>>();
  for (const { suite, agent } of rows) {
    agents.set(suite, (agents.get(suite) ?? new Set()).add(agent));
  }
  return agents;
}

/** A result without its verdicts, which may be large. */
function slim(result: TrialResult): TrialResult {
  return { ...result, verdicts: [] };
}
