import type { TrialDetail } from '../src/report/html/payload.ts';

/** One of two trials that stand side by side. */
export interface Compared {
  /** Such as `base`, or the agent's name. */
  readonly label: string;
  readonly id: string;
  readonly agent: string;
  readonly trial: number;
  readonly detail: TrialDetail;
}

/** Both of them; one side may have none. */
export interface ComparedPair {
  readonly base: Compared | null;
  readonly head: Compared | null;
}
