import type { Difference } from '../model/alignment.ts';

/** A line of two aligned trajectories: a step of one, of the other, or of both. */
export interface StepPair {
  /** Index of the step in its trajectory, null where that side has no such step. */
  readonly base: number | null;
  readonly head: number | null;
  /** `same`: equal in all that counts; `reworded`: messages with other words; `changed`: the same kind of step with other content; else it stands on one side alone. */
  readonly kind: 'same' | 'reworded' | 'changed' | 'only_base' | 'only_head';
  /** Each place where both differ: `was` is base's value, `wanted` head's in words, long text cut to where it parts, a large value in words; `missing` in base, `unexpected`: not in head. */
  readonly differences: readonly Difference[];
  /** Differences that were left out of a long list. */
  readonly omitted: number;
}

/** Two trajectories step by step; what a model used, steps of other tools (`x-`) and empty messages are left out. */
export interface StepDiff {
  /** In base's order, each call followed by what was decided and what came of it; calls of one parallel group in any. */
  readonly pairs: readonly StepPair[];
  /** Index into `pairs` of the first difference in what was done: a call, its result, an approval, a hand-over; `pairs.length` where only the ends differ; null where both did the same. */
  readonly divergence: number | null;
  /** Index into `pairs` of the first difference of any sort. */
  readonly firstWords: number | null;
  /** How each ended: `completed`, `limit (tokens)`; null where that is not known. */
  readonly stops: { readonly base: string | null; readonly head: string | null };
  /** false: these were too long and too different for the best alignment, a good one stands in. The order of calls issued together is searched well, not through. */
  readonly exact: boolean;
}
