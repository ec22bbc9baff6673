import { hash } from 'node:crypto';
import { canonicalJson } from '../json/canonical.ts';

/** What tells one trial from another. */
export interface TrialName {
  readonly suite: string;
  readonly task: string | null;
  readonly agent: string;
  readonly attack: string | null;
  readonly trial: number;
}

/** Id of a trial: the first 16 hexadecimal digits of the SHA-256 of its names. */
export function trialId({ suite, task, agent, attack, trial }: TrialName): string {
  const names = canonicalJson([suite, task, agent, attack, trial]);
  // A text of its own: a part of the whole digest would keep that in memory
  return hash('sha256', names, 'buffer').toString('hex', 0, 8);
}
