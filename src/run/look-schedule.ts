import { AgentopsError } from '../errors.ts';
import type { PlanRow } from '../model/plan.ts';
import type { HeldAgainst } from './held-against.ts';

/** How often a run is looked at, and how many trials a row has then. */
export interface LookSchedule {
  readonly looks: number;
  /** Trials at a look of a row that was planned with so many. */
  trialsAt(planned: number, look: number): number;
}

/** Rounds of more trials, at most. */
const MOST_ROUNDS = 4;

/** Fixes the looks of a run before its first trial: at 1 to 5 times the planned trials, or in up to four even steps to the number that was given. Throws `usage` where that is not above what is planned. */
export function lookSchedule(rows: readonly PlanRow[], until: HeldAgainst['until']): LookSchedule {
  if (!until) return { looks: 1, trialsAt: (planned) => planned };
  const { trials } = until;
  if (trials === null) {
    return { looks: 1 + MOST_ROUNDS, trialsAt: (planned, look) => planned * look };
  }
  const most = rows.reduce((found, row) => Math.max(found, trialsOf(row)), 1);
  if (trials <= most) {
    const words = `${most} ${most === 1 ? 'trial' : 'trials'} of a task are planned, expected more than that`;
    throw new AgentopsError('usage', `Cannot use --until-decided=${trials}: ${words}`);
  }
  const rounds = Math.min(MOST_ROUNDS, Math.ceil(trials / most) - 1);
  return {
    looks: 1 + rounds,
    trialsAt: (planned, look) => planned + Math.round(((trials - planned) * (look - 1)) / rounds),
  };
}

/** Trials of a row, those too that passed in an earlier run and are left out. */
export function trialsOf({ trials, left_out = 0 }: PlanRow): number {
  return trials + left_out;
}
