import type { CalibrationEntry } from '../model/calibration.ts';
import type { TaskCount } from '../stats/rate-interval.ts';
import { type EstimatedRate, estimateTrueRate } from '../stats/rogan-gladen.ts';

/** The pass rate that people would find, from what a calibrated judge found in the trials of each task; null where that cannot be told. */
export function correctedRate(
  { matrix, per_step }: Pick<CalibrationEntry, 'matrix' | 'per_step'>,
  counts: readonly TaskCount[],
): EstimatedRate | null {
  if (per_step) return null;
  const { true_positive, false_positive, false_negative, true_negative } = matrix;
  return estimateTrueRate(counts, {
    positives: { right: true_positive, of: true_positive + false_negative },
    negatives: { right: true_negative, of: true_negative + false_positive },
  });
}
