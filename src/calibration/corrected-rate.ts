import type { CalibrationEntry } from '../model/calibration.ts';
import type { TaskCount } from '../stats/rate-interval.ts';

/** The corrected pass rate with its interval. */
export function correctedRate(
  _entry: CalibrationEntry,
  _counts: readonly TaskCount[],
): { rate: number; lower: number; upper: number } | null {
  return null;
}
