import { AgentopsError } from '../errors.ts';
import type { SessionState } from './session-state.ts';

/** Counts for the run what an exchange with a model cost; where a ceiling on cost stands and the cost is not known, the trial is an error, for the reason given. */
export function countCost(state: SessionState, cost: number | null, why: string): void {
  const { ceilings, needsCost, spend } = state.options;
  if (cost !== null) spend?.(cost);
  else if (needsCost || ceilings['cost_usd'] !== undefined) {
    const message = `Cannot hold a ceiling on cost: what ${why}`;
    state.halt({ kind: 'fault', error: new AgentopsError('model_fault', message) });
  }
}
