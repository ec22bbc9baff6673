import type { RowResult } from '../model/run.ts';
import type { Status } from '../model/status.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { badVerdicts } from './findings.ts';

const LONGEST_BODY = 8000;
const LONGEST_REASON = 1000;

/** What the trials of a row say: the time they took, the first reason, and a line for each that went wrong. */
export interface RowStory {
  ms: number;
  readonly reasons: Partial<Record<Status, string>>;
  readonly body: string[];
  /** Trials that went wrong and have no line. */
  left: number;
}

/** Reads the trials of a row; without a body where only the first reasons are wanted. */
export async function rowStory(
  trials: AsyncIterable<TrialResult>,
  withBody: boolean,
): Promise<RowStory> {
  const story: RowStory = { ms: 0, reasons: {}, body: [], left: 0 };
  let length = 0;
  for await (const result of trials) {
    story.ms += result.duration_ms ?? 0;
    if (result.status === 'pass') continue;
    const reasons = reasonsOf(result);
    story.reasons[result.status] ??= reasons[0] ?? '';
    const line = `trial ${result.trial}: ${result.status}\n${reasons.map((reason) => `  ${reason}\n`).join('')}`;
    length += line.length;
    if (withBody && length <= LONGEST_BODY) story.body.push(line);
    else if (withBody) story.left++;
  }
  return story;
}

/** Why a trial has its status, the gravest reason first; one at least. */
export function reasonsOf(result: TrialResult): string[] {
  const reasons = badVerdicts(result).map(
    ({ path, reason, required }) => `${path}${required ? '' : ' (preferred)'}: ${reason}`,
  );
  const all = result.reason ? [result.reason, ...reasons] : reasons;
  return all.length > 0
    ? all.map((reason) => cut(reason, LONGEST_REASON))
    : [`stop: ${result.stop ?? 'not known'}`];
}

/** Status of a row as the gate takes it: a violation is a failure, though the task may pass by its other trials or be in quarantine, and one that is tolerated is none. */
export function caseStatus({
  status,
  gate_status = status,
  not_tolerated = 0,
  quarantine,
}: RowResult): Status {
  if (not_tolerated > 0) return 'fail';
  return quarantine ? 'skip' : gate_status;
}

/** Whether some trials of a row passed and others failed. */
export function isFlaky({ passed, failed }: RowResult): boolean {
  return passed > 0 && failed > 0;
}

/** Text of at most that many code units, dots in the place of what is cut off. */
export function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}
