import type { CalibrationEntry } from '../model/calibration.ts';
import type { JudgeSpec, Wanted } from '../model/llm-judge.ts';
import type { Suite } from '../model/suite.ts';

/** How far a judge is believed. */
export interface Standing {
  readonly withheld: string | null;
  readonly entry: CalibrationEntry | null;
  readonly drift: readonly string[];
}

/** Reads what calibration found about the judges of a suite. */
export async function loadStandings(
  _suite: Suite,
): Promise<(spec: JudgeSpec, wanted: Wanted) => Standing> {
  return () => ({ withheld: null, entry: null, drift: [] });
}
