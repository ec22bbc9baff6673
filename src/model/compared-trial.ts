import type { JudgeDetails } from './llm-judge.ts';

/** What one judge says of a trial of two runs. */
export interface ComparedTrial {
  readonly suite: string;
  readonly task: string;
  readonly attack: string | null;
  readonly trial: number;
  /** Names of the agents, which may differ where each run has one. */
  readonly agents: { readonly base: string; readonly head: string };
  readonly judge: string;
  /** null where it could not be decided. */
  readonly better: 'base' | 'head' | 'tie' | null;
  /** It says the same whichever of the two it is shown first. */
  readonly consistent: boolean;
  readonly reason: string;
  /** Of what was asked live. */
  readonly usage?: NonNullable<JudgeDetails['usage']>;
}
