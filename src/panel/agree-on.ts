import { decimalSum } from '../json/decimal-sum.ts';
import type { Agree, JudgeAnswer, Wanted } from '../model/llm-judge.ts';
import { modeOf, reduceMedian } from '../stats/score-reducers.ts';
import type { AnswerForm } from './answer-form.ts';
import { holdsFor } from './holds-for.ts';

/** What ballots come to. */
export interface Agreed {
  /** null where they come to nothing. */
  readonly answer: JudgeAnswer | null;
  /** Whether that is what is wanted; null where it is not decided. */
  readonly holds: boolean | null;
}

/** How ballots are counted. */
export interface Counting {
  readonly agree: Agree;
  readonly form: AnswerForm;
  readonly wanted: Wanted;
}

/**
 * Counts ballots; null is one that was lost. What is decided would stand whatever the lost ones had said, and nothing is decided where no ballot is left.
 * The answer: on a scale the mean of the ballots under `mean`, else their median; of words the most frequent of those ballots that decide it, the first cast where some are as frequent.
 */
export function agreeOn(ballots: readonly (JudgeAnswer | null)[], counting: Counting): Agreed {
  const { agree, form, wanted } = counting;
  const cast = ballots.filter((answer) => answer !== null);
  if (cast.length === 0) return { answer: null, holds: null };
  const held = cast.map((answer) => holdsFor(answer, wanted));
  const yes = held.filter(Boolean).length;
  const count = { yes, no: cast.length - yes, of: ballots.length };
  const holds =
    agree === 'mean' ? meanHolds(ballots, form, wanted) : (COUNTS[agree](count) ?? null);
  if (form.kind === 'scale') {
    const values = cast.filter((answer) => typeof answer === 'number');
    return { answer: agree === 'mean' ? meanValue(values) : reduceMedian(values), holds };
  }
  const deciding = cast.filter((_, at) => held[at] === holds);
  return { answer: modeOf(deciding) ?? null, holds };
}

interface Count {
  /** Ballots that hold, that do not, and all, the lost ones among them. */
  readonly yes: number;
  readonly no: number;
  readonly of: number;
}

/** The side that has it, undefined where neither has. */
const COUNTS = {
  majority: ({ yes, no, of }) => (yes * 2 > of ? true : no * 2 > of ? false : undefined),
  all: ({ yes, no, of }) => (no > 0 ? false : yes === of ? true : undefined),
  any: ({ yes, no, of }) => (yes > 0 ? true : no === of ? false : undefined),
} satisfies Record<Exclude<Agree, 'mean'>, (count: Count) => boolean | undefined>;

/** Held against the lowest and the highest mean that lost ballots could have made. */
function meanHolds(
  ballots: readonly (JudgeAnswer | null)[],
  form: AnswerForm,
  wanted: Wanted,
): boolean | null {
  if (form.kind !== 'scale') return null;
  const meanWith = (lost: number) =>
    meanValue(ballots.map((answer) => (typeof answer === 'number' ? answer : lost)));
  const [lowest, highest] = [meanWith(form.low), meanWith(form.high)];
  if (holdsFor(lowest, wanted) && holdsFor(highest, wanted)) return true;
  const { at_least = Number.NEGATIVE_INFINITY, at_most = Number.POSITIVE_INFINITY } = wanted;
  const isNever = highest < at_least || lowest > at_most || unbounded(wanted);
  return isNever ? false : null;
}

function unbounded({ at_least, at_most }: Wanted): boolean {
  return at_least === undefined && at_most === undefined;
}

/** Of decimals: three times 4.1 is 4.1. */
function meanValue(values: readonly number[]): number {
  return Number((decimalSum(values) / values.length).toPrecision(12));
}
