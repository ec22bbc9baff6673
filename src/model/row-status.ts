import type { PlanRow } from './plan.ts';
import type { Status } from './status.ts';

/** How the trials of a row ended. */
export interface RowCounts {
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly skipped: number;
}

/** Status of a row: decided only if it would be the same whatever its errored and skipped trials had done. `leftOut` trials passed before and are not run again. */
export function rowStatus(rule: PlanRow['pass'], counts: RowCounts, leftOut = 0): Status {
  const { passed, failed, errored, skipped } = counts;
  const planned = passed + failed + errored + skipped;
  if (skipped === planned) return 'skip';
  const all = planned + leftOut;
  const needed = neededPasses(rule, all);
  if (needed > all) return 'error'; // too few trials for the rule: no fault of the agent
  if (passed + leftOut >= needed) return 'pass';
  return all - failed < needed ? 'fail' : 'error';
}

/** How many of the trials must pass. */
function neededPasses(rule: PlanRow['pass'], all: number): number {
  if (rule === 'all') return all;
  if (rule === 'any') return 1;
  if ('at_least' in rule) return rule.at_least;
  return Math.ceil(rule.rate * all - 1e-9);
}
