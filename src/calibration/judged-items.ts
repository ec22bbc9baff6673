import { type Ballot, JudgeDetails } from '../model/llm-judge.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import { holdsFor } from '../panel/holds-for.ts';
import { storedWanted } from './stored-wanted.ts';

/** One thing that a judge was asked about: a trial, or a step of it. */
export interface JudgedItem {
  readonly step: number | null;
  readonly answer: string | number | null;
  /** null where it was not decided. */
  readonly holds: boolean | null;
  readonly reason: string;
  /** Whether votes for it differ; null where there are not two. */
  readonly flips: boolean | null;
}

/** What a judge said of a trial, with the items that it is made of. */
export interface JudgedTrial {
  readonly details: JudgeDetails;
  readonly items: readonly JudgedItem[];
}

/** What LLM judges said of a trial as a whole, also where it may not count; turns of a conversation, which no label names, are left out. */
export function judgedTrials({ verdicts }: Pick<TrialResult, 'verdicts'>): JudgedTrial[] {
  return verdicts.flatMap((verdict) => {
    if (verdict.kind !== 'judge' || verdict.path.startsWith('conversation.')) return [];
    const { data: details } = JudgeDetails.safeParse(verdict.details);
    return details ? [{ details, items: itemsOf(details, verdict) }] : [];
  });
}

function itemsOf(details: JudgeDetails, verdict: Verdict): JudgedItem[] {
  const { answer, holds, ballots, steps } = details;
  const reasonOf = (some: readonly Ballot[]) => some[0]?.reason ?? verdict.reason;
  const whole: JudgedItem = {
    ...{ step: null, answer, holds },
    reason: holds === null ? verdict.reason : reasonOf(ballots),
    flips: steps ? null : doVotesDiffer(ballots, details),
  };
  const single = (steps ?? []).map((one): JudgedItem => {
    const own = ballots.filter(({ step }) => step === one.step);
    const flips = doVotesDiffer(own, details);
    return { step: one.step, answer: one.answer, holds: one.holds, reason: reasonOf(own), flips };
  });
  return [whole, ...single];
}

/** Whether some votes for one item hold and others do not; null where fewer than two were given. */
export function doVotesDiffer(
  ballots: readonly Ballot[],
  { wanted }: Pick<JudgeDetails, 'wanted'>,
): boolean | null {
  const given = ballots.flatMap(({ answer }) => (answer === null ? [] : [answer]));
  if (given.length < 2) return null;
  const held = storedWanted(wanted);
  return new Set(given.map((answer) => holdsFor(answer, held))).size > 1;
}
