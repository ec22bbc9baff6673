import { isObject } from '../json/object.ts';
import { Status } from '../model/status.ts';
import { TrialResult } from '../model/trial-result.ts';
import { checked } from './read-document.ts';

/** A stored result; the schema is asked only where it is not plainly as this version writes it. Throws `store_fault` with the place. */
export function trialResultOf(value: unknown, place: string): TrialResult {
  return isPlainResult(value) ? value : checked(value, TrialResult, place);
}

/** Whether a value is plainly a result as this version writes it, in what is read of it unseen. */
export function isPlainResult(value: unknown): value is TrialResult {
  if (!isObject(value) || !Status.safeParse(value['status']).success) return false;
  const { verdicts, trial, suite, agent, score } = value as Partial<TrialResult>; // looked at below
  const named = typeof suite === 'string' && typeof agent === 'string' && typeof trial === 'number';
  const scored = score === null || typeof score === 'number';
  return named && scored && Array.isArray(verdicts) && verdicts.every(isVerdict);
}

function isVerdict(value: unknown): boolean {
  if (!isObject(value) || typeof value['path'] !== 'string') return false;
  return typeof value['reason'] === 'string' && Array.isArray(value['evidence']);
}
