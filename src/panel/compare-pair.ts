import type { View } from '../match/view.ts';
import type { JudgeDetails, JudgeSpec } from '../model/llm-judge.ts';
import type { DeskOptions } from './open-desk.ts';

/** Which of two trajectories is better. */
export interface PairOutcome {
  /** null where it could not be decided. */
  readonly winner: 'first' | 'second' | 'tie' | null;
  /** Both orders said the same. */
  readonly consistent: boolean;
  readonly reason: string;
  /** Of what was asked live. */
  readonly usage: JudgeDetails['usage'];
}

/** Compares two trajectories in both orders. */
export async function comparePair(
  _options: DeskOptions,
  _spec: JudgeSpec,
  _first: View,
  _second: View,
): Promise<PairOutcome> {
  return { winner: null, consistent: false, reason: 'Not asked', usage: undefined };
}
