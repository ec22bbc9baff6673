import path from 'node:path';
import type { JudgeCalibration } from '../calibration/calibration-result.ts';
import { wantedKey } from '../calibration/wanted-key.ts';
import { atomicWrite } from '../io/atomic-write.ts';
import { type CalibrationEntry, CalibrationRecord } from '../model/calibration.ts';
import type { Suite } from '../model/suite.ts';
import { readDocument } from '../store/read-document.ts';
import { calibrationOf } from '../suite/judge-files.ts';

/** Writes what calibration found beside a suite; what an earlier one found about its other judges is kept, and of those that could not be compared. Gives the file, null where there is nothing to write. Throws `store_fault` and `disk_fault`. */
export async function saveCalibration(
  suite: Suite,
  found: readonly JudgeCalibration[],
  labelsFileOf: (judge: string) => string | null,
  now: number,
): Promise<string | null> {
  const file = calibrationOf(suite.file);
  const fresh = found.map(({ entry }): CalibrationEntry => {
    const labels = labelsFileOf(entry.judge);
    return { ...entry, labels: labels === null ? '' : relative(path.dirname(file), labels) };
  });
  const told = fresh.filter(({ items }) => items > 0);
  if (told.length === 0) return null;
  const before = await readDocument(file, CalibrationRecord);
  const renewed = new Set(told.map(keyOf));
  const kept = (before?.judges ?? []).filter(
    (entry) => Object.hasOwn(suite.judges ?? {}, entry.judge) && !renewed.has(keyOf(entry)),
  );
  const judges = [...kept, ...told].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const at = new Date(now).toISOString();
  const record: CalibrationRecord = { schema_version: 1, suite: suite.name, at, judges };
  await atomicWrite(file, `${JSON.stringify(record, null, 2)}\n`);
  return file;
}

function keyOf({ judge, wanted }: CalibrationEntry): string {
  return JSON.stringify([judge, wantedKey(wanted)]);
}

function relative(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join('/');
}
