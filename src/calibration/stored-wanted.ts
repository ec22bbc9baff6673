import type { CalibrationEntry } from '../model/calibration.ts';
import type { Wanted } from '../model/llm-judge.ts';

/** What is wanted of a judge, from a record. */
export function storedWanted({ at_least, at_most, is }: CalibrationEntry['wanted']): Wanted {
  return {
    ...(at_least !== undefined && { at_least }),
    ...(at_most !== undefined && { at_most }),
    ...(is && { is }),
  };
}
