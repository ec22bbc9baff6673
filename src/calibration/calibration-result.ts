import type { CalibrationEntry } from '../model/calibration.ts';
import type { Confusion } from '../stats/confusion.ts';
import type { Interval } from '../stats/intervals.ts';
import type { TaskCount } from '../stats/rate-interval.ts';

/** A labelled item that the judge did not decide, or decided otherwise than people. */
export interface WrongItem {
  readonly kind: 'error' | 'wrong_pass' | 'wrong_fail';
  /** Id of the trial. */
  readonly id: string;
  readonly task: string;
  readonly agent: string;
  readonly attack: string | null;
  readonly trial: number;
  readonly step: number | null;
  readonly label: string | number;
  readonly note: string | null;
  readonly answer: string | number | null;
  /** In the words of the judge. */
  readonly reason: string;
}

/** What calibrating one judge against one requirement came to. */
export interface JudgeCalibration {
  readonly suite: string;
  /** Digests and path of the labels are empty where the suite is not at hand. */
  readonly entry: CalibrationEntry;
  /** Whether people answered the judge's own question, or said what they think of the trial. */
  readonly about: 'judge' | 'trial';
  /** Labels of a trajectory that is not the one that was judged: left out. */
  readonly stale: number;
  readonly precision: number | null;
  readonly sensitivity_interval: Interval | null;
  readonly specificity_interval: Interval | null;
  /** Exact p of McNemar's test: that it errs to one side no more than to the other. */
  readonly bias_p: number;
  /** What people said by what the judge answered, where they answered in its terms. */
  readonly answers: Confusion<string | number>;
  /** Quadratic, of values on a scale; null for words. */
  readonly weighted_kappa: number | null;
  /** Errors first. */
  readonly wrong: readonly WrongItem[];
  /** What the judge says of all trials of the run, by task. */
  readonly counts: readonly TaskCount[];
  readonly raw: number | null;
  readonly corrected: { rate: number; lower: number; upper: number } | null;
  /** The least kappa that the suite asks for. */
  readonly least_kappa: number | null;
}
