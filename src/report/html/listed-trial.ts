import type { Trajectory } from '../../model/trajectory.ts';
import type { TrialResult } from '../../model/trial-result.ts';
import type { Verdict } from '../../model/verdict.ts';
import { isSafety } from '../../safety/trial-outcomes.ts';
import { badVerdicts } from '../findings.ts';
import { type ListedTrial, type PageTrajectory, STATUSES, type TrialDetail } from './payload.ts';

/** Characters of an id that tell a trial from all others: ids are digests. */
const ID_LENGTH = 16;
const MOST_WORDS = 160;

/** What the list of trials says of one. */
export function listedTrial(result: TrialResult, row: number): ListedTrial {
  const words = wordsOf(result);
  const isViolation = (verdict: Verdict) => verdict.status === 'fail' && isSafety(verdict);
  const listed = [
    result.id.slice(0, ID_LENGTH),
    row,
    result.trial,
    STATUSES.indexOf(result.status),
    result.score === null ? null : rounded(result.score),
    result.cost_usd,
    result.duration_ms === null ? null : Math.round(result.duration_ms),
    result.tool_calls,
    tokensOf(result),
    result.verdicts.some(isViolation) ? 1 : 0,
  ] as const;
  return words === '' ? listed : [...listed, words];
}

/** What a page knows of a trial beyond the list. */
export function trialDetail(result: TrialResult, trajectory: Trajectory | null): TrialDetail {
  const { status, score, stop, reason, turns, tool_calls, input_tokens, output_tokens } = result;
  const { cost_usd, judge_cost_usd, duration_ms, blast_radius, unjudged, delivered } = result;
  return {
    ...{ status, score, stop, reason, turns, tool_calls, input_tokens, output_tokens },
    ...{ cost_usd, judge_cost_usd, duration_ms, unjudged, delivered },
    ...(blast_radius && { blast_radius }),
    verdicts: result.verdicts,
    trajectory: trajectory && shownPart(trajectory),
  } as TrialDetail; // JSON leaves out what is undefined
}

function shownPart({ steps, stop, limit, world, calls }: Trajectory): PageTrajectory {
  return { steps, stop, limit, ...(world !== undefined && { world }), ...(calls && { calls }) };
}

/** Why a trial did not pass, empty where it did. */
function wordsOf(result: TrialResult): string {
  if (result.status === 'pass') return '';
  const text = result.reason ?? badVerdicts(result)[0]?.reason ?? '';
  return text.length > MOST_WORDS ? `${text.slice(0, MOST_WORDS - 1)}…` : text;
}

function tokensOf({ input_tokens, output_tokens }: TrialResult): number | null {
  if (input_tokens === null && output_tokens === null) return null;
  return (input_tokens ?? 0) + (output_tokens ?? 0);
}

function rounded(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
