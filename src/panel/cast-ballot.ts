import { messageOf } from '../errors.ts';
import { cut } from '../match/show.ts';
import type { Ballot } from '../model/llm-judge.ts';
import type { JudgeExchange, RecordedAnswer } from './judge-exchange.ts';
import type { JudgeQuestion } from './judge-question.ts';
import type { BallotPlace, Exchanges, HadExchange } from './open-exchanges.ts';
import { type ReadMistake, type ReadVerdict, readAnswer } from './read-answer.ts';

/** A ballot and what it took. */
export interface CastBallot {
  readonly ballot: Ballot;
  /** Exchanges that were made for it. */
  readonly live: readonly JudgeExchange[];
  /** What looked like an attempt to sway the model when it was asked. */
  readonly flags: readonly string[];
  /** Our own interruption came before its answer. */
  readonly isCut: boolean;
}

/** Askings for one ballot in one run: an answer that is no verdict is asked for once more. */
const MOST_ASKED = 2;
/** Characters of a model's reason that a verdict keeps; the recording has all. */
const LONGEST_REASON = 1000;

/** Asks a model for one ballot; never rejects: a ballot without a verdict is lost, and says why. */
export async function castBallot(
  exchanges: Exchanges,
  question: JudgeQuestion,
  place: BallotPlace,
  signal: AbortSignal,
): Promise<CastBallot> {
  const live: JudgeExchange[] = [];
  let flags: readonly string[] = [];
  const ballot = (more: Pick<Ballot, 'answer' | 'reason' | 'evidence' | 'from'>): Ballot => ({
    model: place.model,
    vote: place.vote,
    ...(question.about.step !== null && { step: question.about.step }),
    ...more,
    asked: live.length,
  });
  const lost = (reason: string, isCut = false): CastBallot => {
    const none = { answer: null, reason, evidence: [], from: 'none' as const };
    return { ballot: ballot(none), live, flags, isCut };
  };
  let last: ReadMistake | null = null;
  try {
    // Answers of earlier runs that were no verdicts stand first: live they are asked for anew
    for (let [attempt, asked] = [1, 0]; ; attempt++) {
      const mistake: string | null = last?.mistake ?? null;
      const at = { ...place, attempt, mistake };
      const known = exchanges.recorded(question, at);
      if (!known) {
        const most = exchanges.isLive ? MOST_ASKED : MOST_ASKED - (attempt - 1);
        if (asked++ >= most) break;
      }
      const had: HadExchange = known ?? (await exchanges.get(question, at));
      if (had.made) live.push(had.made);
      flags = had.answer.flags;
      if (had.fault !== null) return lost(had.fault);
      const read = readRecorded(had.answer, question);
      if (!('mistake' in read)) {
        const { answer, reason, evidence } = read;
        const shown = { answer, reason: cut(reason, LONGEST_REASON), evidence: [...evidence] };
        return { ballot: ballot({ ...shown, from: had.from }), live, flags, isCut: false };
      }
      last = read;
    }
  } catch (thrown) {
    if (signal.aborted) return lost('Interrupted before its answer', true);
    return lost(messageOf(thrown));
  }
  const who = `${question.spec.name} has no verdict of model ${place.model} (vote ${place.vote})`;
  return lost(`${who}: it ${last?.shown ?? 'was not asked'}`);
}

/** The same for what was just answered and for what was recorded. */
function readRecorded(
  { text, refusal, cut_off: isCutOff, nonce }: RecordedAnswer,
  { form, steps }: JudgeQuestion,
): ReadVerdict | ReadMistake {
  return readAnswer({ text, refusal, isCutOff }, form, { nonce, steps });
}
