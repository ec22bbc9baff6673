/** The recorded answers of the judges of a suite: `x.suite.yaml` has them in `x.judges.jsonl`. */
export function judgeRecordingOf(suiteFile: string): string {
  return `${stemOf(suiteFile)}.judges.jsonl`;
}

/** What calibrating the judges of a suite came to. */
export function calibrationOf(suiteFile: string): string {
  return `${stemOf(suiteFile)}.calibration.json`;
}

/** Labels that people gave trials of a suite, where no other file is named. */
export function labelsOf(suiteFile: string): string {
  return `${stemOf(suiteFile)}.labels.jsonl`;
}

function stemOf(suiteFile: string): string {
  return suiteFile.replace(/(?:\.suite)?\.(?:ya?ml|json)$/, '');
}
