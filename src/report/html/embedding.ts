import type { TrialResult } from '../../model/trial-result.ts';
import type { LeftOut } from './payload.ts';

/** Bytes of trials that a page holds at most: beyond, only those that went wrong or changed, as far as they fit. */
export const EMBEDDED_BYTES = 50 * 1024 * 1024;

/** Which trials stand in a page with their details; asked once a trial, in the order in which they were measured. */
export interface Embedding {
  has(result: TrialResult): boolean;
  readonly left_out: LeftOut | null;
  /** Bytes that the chosen trials take, roughly. */
  readonly bytes: number;
}

/** Measures the trials of a run one by one and says then which of them a page has room for. */
export function measureTrials(
  budget: number,
  isNotable: (result: TrialResult) => boolean,
): { add(result: TrialResult): void; embedding(): Embedding } {
  const fits = greedy(budget, isNotable);
  const sums = { bytes: 0, trials: 0, fitting: 0, fittingBytes: 0 };
  return {
    add(result) {
      const bytes = sizeOf(result);
      sums.bytes += bytes;
      sums.trials++;
      if (!fits(result)) return;
      sums.fitting++;
      sums.fittingBytes += bytes;
    },
    embedding() {
      if (sums.bytes <= budget) return { has: () => true, left_out: null, bytes: sums.bytes };
      const left_out = { embedded: sums.fitting, left: sums.trials - sums.fitting, budget };
      return { has: greedy(budget, isNotable), left_out, bytes: sums.fittingBytes };
    },
  };
}

function greedy(
  budget: number,
  isNotable: (result: TrialResult) => boolean,
): (result: TrialResult) => boolean {
  let left = budget;
  return (result) => {
    const bytes = isNotable(result) ? sizeOf(result) : Number.POSITIVE_INFINITY;
    if (bytes > left) return false;
    left -= bytes;
    return true;
  };
}

/** Bytes of a trial as they stand on disk: its trajectory is not read for it. */
function sizeOf(result: TrialResult): number {
  return JSON.stringify(result).length + (result.trajectory?.bytes ?? 0);
}
