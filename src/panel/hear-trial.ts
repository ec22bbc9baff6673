import { AgentopsError } from '../errors.ts';
import type { View } from '../match/view.ts';
import type { Ballot, JudgeSpec, Wanted } from '../model/llm-judge.ts';
import { type Agreed, agreeOn } from './agree-on.ts';
import { castBallot } from './cast-ballot.ts';
import { plainWanted } from './holds-for.ts';
import type { JudgeExchange } from './judge-exchange.ts';
import { type JudgeQuestion, judgeQuestion } from './judge-question.ts';
import type { ExchangeOptions, Exchanges } from './open-exchanges.ts';

/** Where ballots are cast. */
export interface PollingRoom extends Pick<ExchangeOptions, 'redact' | 'signal'> {
  readonly exchanges: Exchanges;
}

/** All ballots on one question. */
export interface Heard {
  /** The call that was judged, null for the whole. */
  readonly step: number | null;
  readonly agreed: Agreed;
  readonly ballots: readonly Ballot[];
  readonly flags: readonly string[];
  /** Exchanges that were made for it. */
  readonly live: readonly JudgeExchange[];
  readonly isCut: boolean;
}

/** What a trial is heard about. */
export interface Hearing {
  readonly wanted: Wanted;
  /** What it goes by in the recording; its task unless given. */
  readonly task?: string;
}

/** Calls that one verdict judges one by one. */
const MOST_CALLS = 200;

/** Asks all models of a judge about a trial: once about the whole, or about each call of the agent. Throws `input_fault` where there is more of it than may be judged; then nothing was asked. */
export async function hearTrial(
  room: PollingRoom,
  spec: JudgeSpec,
  view: View,
  { wanted, task }: Hearing,
): Promise<Heard[]> {
  const reference = wanted.reference ?? spec.reference;
  const about = { reference, redact: room.redact, ...(task !== undefined && { task }) };
  const questions = stepsOf(spec, view).map((step) =>
    judgeQuestion(view, spec, { ...about, step }),
  );
  return Promise.all(questions.map((question) => hear(room, question, wanted)));
}

function stepsOf({ name, each }: JudgeSpec, { calls }: View): (number | null)[] {
  if (each === null) return [null];
  if (calls.length <= MOST_CALLS) return calls.map(({ step }) => step);
  const message = `${name} judges at most ${MOST_CALLS} tool calls one by one, and there are ${calls.length}`;
  throw new AgentopsError('input_fault', message);
}

async function hear(
  { exchanges, signal }: PollingRoom,
  question: JudgeQuestion,
  wanted: Wanted,
): Promise<Heard> {
  const { spec, form, about } = question;
  const places = placesOf(spec);
  const cast = await Promise.all(
    places.map((place) => castBallot(exchanges, question, place, signal)),
  );
  const ballots = cast.map(({ ballot }) => ballot);
  const answers = ballots.map(({ answer }) => answer);
  return {
    step: about.step,
    agreed: agreeOn(answers, { agree: spec.agree, form, wanted: plainWanted(wanted, form) }),
    ballots,
    flags: cast.flatMap(({ flags }) => flags),
    live: cast.flatMap(({ live }) => live),
    isCut: cast.some(({ isCut }) => isCut),
  };
}

/** The ballots of a judge: each model, as often as it votes. */
export function placesOf({ models, votes }: JudgeSpec): { model: string; vote: number }[] {
  const all = Array.from({ length: votes }, (_, at) => at + 1);
  return models.flatMap((model) => all.map((vote) => ({ model, vote })));
}
