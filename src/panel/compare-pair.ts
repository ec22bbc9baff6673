import { messageOf } from '../errors.ts';
import { cut } from '../match/show.ts';
import type { View } from '../match/view.ts';
import type { Ballot, JudgeDetails, JudgeSpec } from '../model/llm-judge.ts';
import { agreeOnPair, type PairWinner } from './agree-on-pair.ts';
import { PAIR_FORM } from './answer-form.ts';
import { type CastBallot, castBallot } from './cast-ballot.ts';
import { placesOf } from './hear-trial.ts';
import { usageOf } from './judge-details.ts';
import { aboutOf, type JudgeQuestion, partsOf, referenceDigest } from './judge-question.ts';
import type { DeskOptions } from './open-desk.ts';
import { type Exchanges, openExchanges } from './open-exchanges.ts';
import { pairPromptOf } from './prompt-of.ts';
import { redactedSpec } from './redacted-spec.ts';
import type { Shown } from './shown.ts';
import { shownOf } from './shown-of.ts';
import { ownModelWords } from './why-not-asked.ts';

/** Which of two trajectories is better. */
export interface PairOutcome {
  /** null where it could not be decided. */
  readonly winner: PairWinner | null;
  /** Every ballot said the same in both orders. */
  readonly consistent: boolean;
  /** One sentence for a person. */
  readonly reason: string;
  /** In both orders; an answer is about the order that it was given. */
  readonly ballots: readonly PairBallot[];
  readonly flags: readonly string[];
  /** Of what was asked live. */
  readonly usage: JudgeDetails['usage'];
  /** Our own interruption left it open. */
  readonly isCut: boolean;
}

/** A ballot about two trajectories. */
export interface PairBallot extends Ballot {
  readonly order: 'given' | 'swapped';
}

const LONGEST_QUOTE = 300;

/** Asks a judge which of two trajectories is better under its rubric, each of its ballots in both orders; never rejects. What `each` and `answers` say of the judge makes no difference here. */
export async function comparePair(
  options: DeskOptions,
  spec: JudgeSpec,
  first: View,
  second: View,
): Promise<PairOutcome> {
  try {
    const why = whyNot(options, spec, [first, second]);
    return why === null ? await ask(options, spec, [first, second]) : undecided(why);
  } catch (thrown) {
    return undecided(messageOf(thrown));
  }
}

function whyNot({ mode }: DeskOptions, spec: JudgeSpec, views: readonly View[]): string | null {
  if (mode === 'off') return 'Not asked (--judge off)';
  const whys = views.map((view) => view.fault ?? ownModelWords(spec, view));
  return whys.find((why) => why !== null) ?? null;
}

function undecided(reason: string): PairOutcome {
  const nothing = { ballots: [], flags: [], usage: undefined, isCut: false };
  return { winner: null, consistent: false, reason, ...nothing };
}

async function ask(
  options: DeskOptions,
  spec: JudgeSpec,
  [first, second]: readonly [View, View],
): Promise<PairOutcome> {
  const { redact, signal } = options;
  const exchanges = exchangesOf(options);
  const [one, other] = [first, second].map((view) => shownOf(view, spec, { step: null, redact }));
  if (!one || !other) throw new TypeError('Two views are shown as two'); // one for each
  const told = redactedSpec(spec, redact);
  const given = pairQuestion({ spec, told }, first, [one, other]);
  const swapped = pairQuestion({ spec, told }, first, [other, one]);
  const cast = await Promise.all(
    placesOf(spec).map((place) =>
      Promise.all([given, swapped].map((asked) => castBallot(exchanges, asked, place, signal))),
    ),
  );
  return pairOutcome(spec, cast);
}

const opened = new WeakMap<DeskOptions, Exchanges>();

/** Pairs of one desk share what is under way, and what is known of its models and its recording. */
function exchangesOf(options: DeskOptions): Exchanges {
  const exchanges = opened.get(options) ?? openExchanges(options);
  opened.set(options, exchanges);
  return exchanges;
}

/** Recorded under the task of the first trial, in whichever order they are shown. */
function pairQuestion(
  { spec, told }: { readonly spec: JudgeSpec; readonly told: JudgeSpec },
  view: View,
  [first, second]: readonly [Shown, Shown],
): JudgeQuestion {
  const about = aboutOf(spec, view);
  return {
    spec,
    form: PAIR_FORM,
    about: { ...about, task: `pair:${about.task}`, step: null },
    steps: [],
    get flags() {
      return [...first.flags, ...second.flags];
    },
    parts: {
      ...partsOf(spec, PAIR_FORM),
      reference: referenceDigest(spec.reference),
      shown: first.digest,
      other: second.digest,
    },
    prompt: (asking) =>
      pairPromptOf({ spec: told, first, second, reference: told.reference }, asking),
  };
}

function pairOutcome(spec: JudgeSpec, cast: readonly (readonly CastBallot[])[]): PairOutcome {
  const all = cast.flat();
  const { winner, consistent } = agreeOnPair(
    cast.map(([given, swapped]) => ({
      given: winnerIn(given),
      turned: turned(winnerIn(swapped)),
    })),
  );
  const orders = ['given', 'swapped'] as const;
  const ballots = cast.flatMap((both) =>
    both.map(({ ballot }, at): PairBallot => ({ ...ballot, order: orders[at] ?? 'given' })),
  );
  return {
    ...{ winner, consistent, ballots },
    flags: [...new Set(all.flatMap(({ flags }) => flags))],
    reason: reasonOf(spec, winner, { consistent, ballots }),
    usage: usageOf(all.flatMap(({ live }) => live)),
    isCut: winner === null && all.some(({ isCut }) => isCut),
  };
}

function winnerIn(cast: CastBallot | undefined): PairWinner | null {
  const answer = cast?.ballot.answer ?? null;
  return answer === 'first' || answer === 'second' || answer === 'tie' ? answer : null;
}

function turned(winner: PairWinner | null): PairWinner | null {
  if (winner === 'first') return 'second';
  return winner === 'second' ? 'first' : winner;
}

function reasonOf(
  { name }: JudgeSpec,
  winner: PairWinner | null,
  { consistent, ballots }: Pick<PairOutcome, 'consistent' | 'ballots'>,
): string {
  if (winner === null) {
    const lost = ballots.find(({ answer }) => answer === null);
    return `${name}: undecided: ${lost?.reason ?? 'its ballots do not agree'}`;
  }
  const telling = ballots.find((ballot) => ballot.order === 'given' && ballot.answer === winner);
  const quote = telling ? `: ${JSON.stringify(cut(telling.reason, LONGEST_QUOTE))}` : '';
  const doubt = consistent ? 'in both orders' : 'though not in both orders each time';
  const said = winner === 'tie' ? 'neither is better' : `the ${winner} is better`;
  return `${name}: ${said}, ${doubt}${quote}`;
}
