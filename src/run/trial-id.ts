import { canonicalJson } from '../json/canonical.ts';
import { sha256Hex } from '../json/digest.ts';

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
  return sha256Hex(canonicalJson([suite, task, agent, attack, trial])).slice(0, 16);
}
