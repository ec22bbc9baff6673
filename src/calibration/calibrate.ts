import { groupBy } from '../json/group-by.ts';
import type { CalibrationEntry } from '../model/calibration.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import type { Fault } from '../model/suite.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { judgeDigests } from '../panel/judge-digests.ts';
import { bootstrapInterval } from '../stats/bootstrap.ts';
import { quadraticKappa } from '../stats/cohen-kappa.ts';
import {
  type BinaryMatrix,
  binaryFigures,
  binaryMatrix,
  type Confusion,
  confusionOf,
} from '../stats/confusion.ts';
import { mcNemar } from '../stats/exact-tests.ts';
import { type Interval, wilsonInterval } from '../stats/intervals.ts';
import type { StoredRun } from '../store/stored-run.ts';
import { AgreementTally } from './agreement-tally.ts';
import type { JudgeCalibration } from './calibration-result.ts';
import { correctedRate } from './corrected-rate.ts';
import { judgedTrials } from './judged-items.ts';
import { labelsDigest } from './labels-digest.ts';
import type { PlacedLabel } from './placed-label.ts';
import { stepsDigest } from './steps-digest.ts';
import { wantedKey } from './wanted-key.ts';

/** What calibration found about the judges of a run, and labels that cannot be used. */
export interface Calibrated {
  readonly judges: readonly JudgeCalibration[];
  readonly faults: readonly Fault[];
}

/** A judge as it is written, null where its suite is not at hand, and the labels to hold it against. */
export interface ToCalibrate {
  readonly spec: JudgeSpec | null;
  readonly labels: readonly PlacedLabel[];
}

/** Holds what LLM judges said in a run against what people say; no judge is asked. Throws `store_fault`. */
export async function calibrate(
  run: Pick<StoredRun, 'plan' | 'trials' | 'trajectory'>,
  find: (suite: string, judge: string) => ToCalibrate,
): Promise<Calibrated> {
  const tallies = new Map<string, AgreementTally>();
  for await (const result of run.trials()) {
    const digest = lazyDigest(run, result);
    const told = new Set<string>();
    for (const judged of judgedTrials(result)) {
      const { judge, wanted } = judged.details;
      const { suite } = result;
      const key = JSON.stringify([suite, judge, wantedKey(wanted)]);
      if (told.has(key)) continue; // the suite and its task ask the same
      told.add(key);
      const tally =
        tallies.get(key) ??
        new AgreementTally({ suite, judge, wanted, ...find(suite, judge), plan: run.plan });
      tallies.set(key, tally);
      await tally.add(result, judged, digest);
    }
  }
  const all = [...tallies.values()];
  return { judges: all.map(resultOf), faults: eachOnce(all.flatMap(({ faults }) => faults)) };
}

/** Digest of the steps of a trial, computed once and only where a label asks. */
function lazyDigest(
  run: Pick<StoredRun, 'trajectory'>,
  result: TrialResult,
): () => Promise<string | null> {
  let digest: Promise<string | null> | undefined;
  return () => {
    digest ??= run.trajectory(result).then((found) => found && stepsDigest(found.steps));
    return digest;
  };
}

function eachOnce(faults: readonly Fault[]): Fault[] {
  const known = new Map(
    faults.map((fault) => [JSON.stringify([fault.file, fault.line, fault.message]), fault]),
  );
  return [...known.values()];
}

function resultOf(tally: AgreementTally): JudgeCalibration {
  const { of, own, wrong, stale, counts } = tally;
  const entry = entryOf(tally);
  const { true_positive, false_positive, false_negative, true_negative } = entry.matrix;
  const trials = counts.reduce((sum, task) => sum + task.trials, 0);
  const passed = counts.reduce((sum, task) => sum + task.happened, 0);
  return {
    suite: of.suite,
    entry,
    about: own.about,
    stale,
    precision: binaryFigures(entry.matrix).precision,
    sensitivity_interval: shareInterval(true_positive, true_positive + false_negative),
    specificity_interval: shareInterval(true_negative, true_negative + false_positive),
    bias_p: mcNemar(false_positive, false_negative).exact,
    answers: answersOf(tally),
    weighted_kappa: weightedKappa(tally.answers),
    wrong: [...wrong].sort((a, b) => Number(a.kind !== 'error') - Number(b.kind !== 'error')),
    counts,
    raw: trials === 0 ? null : passed / trials,
    corrected: correctedRate(entry, counts),
    least_kappa: of.spec?.calibration?.kappa ?? null,
  };
}

function entryOf(tally: AgreementTally): CalibrationEntry {
  const { of, own, decided, errors, unsure, unjudged, flips, isPerStep } = tally;
  const matrix = binaryMatrix(decided);
  const { items, accuracy, kappa, sensitivity, specificity } = binaryFigures(matrix);
  const digests = of.spec ? judgeDigests(of.spec) : { rubric: '', models: '', settings: '' };
  return {
    judge: of.judge,
    wanted: of.wanted,
    digests: { ...digests, labels: labelsDigest(own.labels) },
    labels: '',
    ...(isPerStep && { per_step: true }),
    ...{ items, errors, unsure, unjudged, matrix: { ...matrix }, accuracy, kappa },
    kappa_interval: kappa === null ? null : kappaInterval(decided),
    ...{ sensitivity, specificity, flips },
  };
}

/** Items of one task are alike, so that tasks are what is drawn. */
function kappaInterval(decided: AgreementTally['decided']): CalibrationEntry['kappa_interval'] {
  const tasks = groupBy(decided, ({ task }) => task);
  const units = [...tasks.values()].map((items) => countsOf(binaryMatrix(items)));
  const bounds = bootstrapInterval(units, ([tp = 0, fp = 0, fn = 0, tn = 0]) => {
    const sums = { true_positive: tp, false_positive: fp, false_negative: fn, true_negative: tn };
    return binaryFigures(sums).kappa;
  });
  return bounds && { ...bounds };
}

function countsOf(matrix: BinaryMatrix): number[] {
  const { true_positive, false_positive, false_negative, true_negative } = matrix;
  return [true_positive, false_positive, false_negative, true_negative];
}

function shareInterval(part: number, whole: number): Interval | null {
  return whole === 0 ? null : wilsonInterval(part, whole);
}

/** More values than these make no table. */
const MOST_VALUES = 100;

/** Words in the order of the judge, values from low to high; without classes where values are too many. */
function answersOf({ answers, form }: AgreementTally): Confusion<string | number> {
  if (form?.kind === 'words') return confusionOf<string | number>(answers, Object.keys(form.words));
  const values = new Set(answers.flat());
  if (values.size > MOST_VALUES) return confusionOf<string | number>([]);
  return confusionOf(answers, [...values].sort(byValue));
}

function byValue(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1;
}

function weightedKappa(answers: AgreementTally['answers']): number | null {
  const pairs = answers.flatMap(([said, answered]): [number, number][] =>
    typeof said === 'number' && typeof answered === 'number' ? [[said, answered]] : [],
  );
  return pairs.length < answers.length ? null : quadraticKappa(pairs);
}
