import type { Difference } from '../model/alignment.ts';
import type { Step } from '../model/trajectory.ts';

/** A line of two aligned trajectories: a step of one, of the other, or of both. */
export interface StepPair {
  /** Index of the step in its trajectory, null where the other has no such step. */
  readonly base: number | null;
  readonly head: number | null;
  /** `same`: equal in all that counts; `reworded`: messages with other words; `changed`: the same kind of step with other content; else it stands on one side alone. */
  readonly kind: 'same' | 'reworded' | 'changed' | 'only_base' | 'only_head';
  /** Where arguments, results or other content differ; `was` is base's value, `wanted` head's in words. */
  readonly differences: readonly Difference[];
}

/** Two trajectories step by step. */
export interface StepDiff {
  readonly pairs: readonly StepPair[];
  /** Index into `pairs` of the first difference in what was done: calls, their results, approvals, hand-overs, or an end; null where both did the same. */
  readonly divergence: number | null;
  /** Index into `pairs` of the first difference of any sort. */
  readonly firstWords: number | null;
  readonly stops: { readonly base: string | null; readonly head: string | null };
}

/** Steps of a trajectory as an alignment sees them. */
export type AlignedSteps = readonly Step[];
