import path from 'node:path';
import { AgentopsError, messageOf } from '../errors.ts';
import { type CalibrationEntry, CalibrationRecord } from '../model/calibration.ts';
import type { JudgeSpec, Wanted } from '../model/llm-judge.ts';
import type { Suite } from '../model/suite.ts';
import { answerForm } from '../panel/answer-form.ts';
import { plainWanted } from '../panel/holds-for.ts';
import { judgeDigests } from '../panel/judge-digests.ts';
import { binaryFigures } from '../stats/confusion.ts';
import { readDocument } from '../store/read-document.ts';
import { calibrationOf } from '../suite/judge-files.ts';
import { labelsDigest } from './labels-digest.ts';
import { ownLabels } from './own-labels.ts';
import type { ReadLabels } from './placed-label.ts';
import { readLabels } from './read-labels.ts';
import { wantedKey } from './wanted-key.ts';

/** How far a judge may be believed. */
export interface Standing {
  /** Why its answer may not gate; null where it may. */
  readonly withheld: string | null;
  /** What calibration found, of this requirement. */
  readonly entry: CalibrationEntry | null;
  /** What changed since. */
  readonly drift: readonly string[];
}

/** Tells how far a judge may be believed, held to one requirement. */
export type Standings = (spec: JudgeSpec, wanted: Wanted) => Standing;

/** Digest of the labels that a judge was calibrated with, as they are now; a sentence where they cannot be told. */
type LabelsNow = { readonly digest: string } | { readonly fault: string } | null;

/** Reads what calibration found about the judges of a suite, and whether they, or their labels, changed since; files that cannot be read are told where a judge needs them. */
export async function loadStandings(suite: Suite): Promise<Standings> {
  const judges = Object.values(suite.judges ?? {});
  const file = calibrationOf(suite.file);
  const record = judges.length === 0 ? null : await recordOrFault(file);
  const entries = record === null || typeof record === 'string' ? [] : record.judges.map(counted);
  const labels = await labelsNow(judges, entries, path.dirname(file));
  return (spec, wanted) => {
    if (typeof record === 'string') {
      return { ...NOTHING_KNOWN, withheld: spec.calibration ? record : null };
    }
    return standingOf(spec, plainWanted(wanted, answerForm(spec)), entries, labels);
  };
}

const NOTHING_KNOWN: Standing = { withheld: null, entry: null, drift: [] };

/** Figures are computed again from what was counted: those in the file may have been written by hand. */
function counted(entry: CalibrationEntry): CalibrationEntry {
  const { items, accuracy, kappa, sensitivity, specificity } = binaryFigures(entry.matrix);
  return { ...entry, items, accuracy, kappa, sensitivity, specificity };
}

async function recordOrFault(file: string): Promise<CalibrationRecord | null | string> {
  return readDocument(file, CalibrationRecord).catch((thrown) => {
    if (thrown instanceof AgentopsError) return `its calibration cannot be read: ${thrown.message}`;
    throw thrown;
  });
}

/** Digests by judge; each file is read once. */
async function labelsNow(
  judges: readonly JudgeSpec[],
  entries: readonly CalibrationEntry[],
  folder: string,
): Promise<Map<string, LabelsNow>> {
  const files = new Map<string, Promise<ReadLabels>>();
  const digests = new Map<string, LabelsNow>();
  for (const { name, calibration } of judges) {
    const entry = entries.find(({ judge, labels }) => judge === name && labels !== '');
    if (!entries.some(({ judge }) => judge === name)) continue; // never calibrated
    const file = calibration?.labels ?? (entry && path.resolve(folder, entry.labels));
    if (file === undefined) continue;
    const read = files.get(file) ?? readLabels([file]);
    files.set(file, read);
    digests.set(name, await digestOf(read, name));
  }
  return digests;
}

async function digestOf(read: Promise<ReadLabels>, judge: string): Promise<LabelsNow> {
  try {
    return { digest: labelsDigest(ownLabels((await read).labels, judge).labels) };
  } catch (thrown) {
    if (!(thrown instanceof AgentopsError)) throw thrown;
    return { fault: `its labels cannot be read: ${messageOf(thrown)}` };
  }
}

function standingOf(
  spec: JudgeSpec,
  wanted: Wanted,
  entries: readonly CalibrationEntry[],
  labels: ReadonlyMap<string, LabelsNow>,
): Standing {
  const own = entries.filter(({ judge }) => judge === spec.name);
  const key = wantedKey(wanted);
  const entry = own.find((one) => wantedKey(one.wanted) === key) ?? null;
  if (entry === null) {
    const drift = own.length > 0 ? ['it is held to something else'] : [];
    const never = 'it was not calibrated against people, expected agentops calibrate to be run';
    const why = drift[0] ? `${drift[0]} than when it was calibrated` : never;
    return { ...NOTHING_KNOWN, withheld: spec.calibration ? why : null, drift };
  }
  const changed = changesOf(spec, entry);
  const now = labels.get(spec.name) ?? null;
  const hasOtherLabels = now !== null && 'digest' in now && now.digest !== entry.digests.labels;
  const drift = [...changed, ...(hasOtherLabels ? ['its labels changed'] : [])];
  const withheld = spec.calibration ? whyWithheld(spec.calibration.kappa, entry, drift, now) : null;
  return { withheld, entry, drift };
}

function changesOf(spec: JudgeSpec, { digests }: CalibrationEntry): string[] {
  const now = judgeDigests(spec);
  return (['rubric', 'models', 'settings'] as const)
    .filter((part) => now[part] !== digests[part])
    .map((part) => `its ${part} changed`);
}

function whyWithheld(
  least: number | null,
  { kappa, items }: CalibrationEntry,
  drift: readonly string[],
  labels: LabelsNow,
): string | null {
  if (drift.length > 0) return `${drift.join(', ')} since it was calibrated`;
  if (labels !== null && 'fault' in labels) return labels.fault;
  if (items === 0) return 'people and it decided nothing in common when it was calibrated';
  if (kappa === null) return 'its agreement with people cannot be told: all answers are alike';
  if (least === null || kappa >= least) return null;
  const shown = Math.floor(kappa * 1000) / 1000; // never what it falls short of
  return `its kappa is ${shown}, expected ${least} or more`;
}
