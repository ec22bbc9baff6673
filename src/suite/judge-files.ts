/** Path of the recording of a suite's judges, beside the suite. */
export function judgeRecordingOf(suiteFile: string): string {
  return `${suiteFile.replace(/\.suite\.ya?ml$/, '')}.judges.jsonl`;
}
