import type { PlanRow } from '../model/plan.ts';
import type { Status } from '../model/status.ts';

/** How the trials of a row ended. */
export interface RowCounts {
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly skipped: number;
}

/** Status of a row: decided only if it would be the same whatever its errored and skipped trials had done. */
export function rowStatus(rule: PlanRow['pass'], counts: RowCounts): Status {
  const { passed, failed, errored, skipped } = counts;
  const planned = passed + failed + errored + skipped;
  if (skipped === planned) return 'skip';
  const needed = neededPasses(rule, planned);
  if (passed >= needed) return 'pass';
  return passed + errored + skipped < needed ? 'fail' : 'error';
}

/** How many of the planned trials must pass. */
function neededPasses(rule: PlanRow['pass'], planned: number): number {
  if (rule === 'all') return planned;
  if (rule === 'any') return 1;
  if ('at_least' in rule) return rule.at_least;
  return Math.ceil(rule.rate * planned - 1e-9);
}
