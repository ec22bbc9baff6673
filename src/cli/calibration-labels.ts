import { stat } from 'node:fs/promises';
import path from 'node:path';
import { labelsOfRecord } from '../calibration/labels-in-trajectories.ts';
import type { PlacedLabel, ReadLabels } from '../calibration/placed-label.ts';
import { readLabels } from '../calibration/read-labels.ts';
import { AgentopsError } from '../errors.ts';
import type { Fault, Suite } from '../model/suite.ts';
import { runFiles } from '../store/run-files.ts';
import type { StoredRun } from '../store/stored-run.ts';
import { labelsOf } from '../suite/judge-files.ts';
import { judgeOf } from './judge-of.ts';

/** Labels to hold a judge against. */
export interface LabelSource {
  readonly labels: readonly PlacedLabel[];
  /** The one file that they stand in, null where they stand in several, or in the run. */
  readonly file: string | null;
}

/** Labels for every judge of a run, with what is wrong in their files. */
export interface CalibrationLabels {
  of(suite: string, judge: string): LabelSource;
  /** Every label that was read. */
  readonly all: readonly PlacedLabel[];
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
}

/** Reads the labels that were named; without any, those that each judge names, else those beside its suite, else those in the trajectories of the run. Throws `usage` where there are none at all. */
export async function calibrationLabels(
  named: readonly string[],
  run: Pick<StoredRun, 'id' | 'dir' | 'plan' | 'trials' | 'trajectory'>,
  suites: ReadonlyMap<string, Suite>,
): Promise<CalibrationLabels> {
  const files = named.map((file) => path.resolve(file));
  if (files.length > 0) {
    const { labels, faults, notes } = await readLabels(files);
    const [file = null, ...others] = new Set(files);
    const source = { labels, file: others.length === 0 ? file : null };
    return { of: () => source, all: labels, faults, notes };
  }
  const read = await readAll(suites);
  const ofRun = { labels: needsRun(run, suites, read) ? await labelsInRun(run) : [], file: null };
  const sourceOf = (file: string | undefined): LabelSource | null => {
    const found = file === undefined ? undefined : read.get(file);
    return found && file !== undefined ? { labels: found.labels, file } : null;
  };
  const all = [...read.values()];
  if (ofRun.labels.length === 0 && all.length === 0) throw noLabels(run.id);
  return {
    of: (name, judge) => {
      const suite = suites.get(name);
      const own = judgeOf(suite, judge)?.calibration?.labels;
      return sourceOf(own) ?? sourceOf(suite && labelsOf(suite.file)) ?? ofRun;
    },
    all: [...all.flatMap(({ labels }) => labels), ...ofRun.labels],
    faults: all.flatMap(({ faults }) => faults),
    notes: all.flatMap(({ notes }) => notes),
  };
}

function noLabels(id: string): AgentopsError {
  const places = '--labels FILE, a file that the judge names, one beside the suite';
  const words = `Cannot calibrate run ${id}: there are no labels, expected ${places}, or labels in its trajectories`;
  return new AgentopsError('usage', words);
}

/** Whether some judge has no file of labels: trajectories are read for such alone. */
function needsRun(
  { plan }: Pick<StoredRun, 'plan'>,
  suites: ReadonlyMap<string, Suite>,
  read: ReadonlyMap<string, ReadLabels>,
): boolean {
  return plan.suites.some(({ suite: name }) => {
    const suite = suites.get(name);
    if (suite && read.has(labelsOf(suite.file))) return false;
    return !suite || Object.values(suite.judges ?? {}).some(({ calibration }) => !calibration);
  });
}

/** Every file that a judge names, and those beside suites that are there. */
async function readAll(suites: ReadonlyMap<string, Suite>): Promise<Map<string, ReadLabels>> {
  const read = new Map<string, ReadLabels>();
  for (const suite of suites.values()) {
    const named = Object.values(suite.judges ?? {}).flatMap(
      ({ calibration }) => calibration?.labels ?? [],
    );
    const beside = labelsOf(suite.file);
    const files = (await isThere(beside)) ? [...named, beside] : named;
    for (const file of files) if (!read.has(file)) read.set(file, await readLabels([file]));
  }
  return read;
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function labelsInRun({
  dir,
  trials,
  trajectory,
}: Pick<StoredRun, 'dir' | 'trials' | 'trajectory'>): Promise<PlacedLabel[]> {
  const file = path.join(dir, runFiles.trajectories);
  const found: PlacedLabel[] = [];
  for await (const result of trials()) {
    const { suite, task, agent, attack, trial } = result;
    const labels = task === null ? null : (await trajectory(result))?.labels;
    if (!labels) continue;
    const names = { suite, task: task ?? '', agent, attack, trial };
    for (const label of labelsOfRecord(labels, names)) found.push({ ...label, file, line: 1 });
  }
  return found;
}
