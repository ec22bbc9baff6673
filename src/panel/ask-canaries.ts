import { messageOf } from '../errors.ts';
import { groupBy } from '../json/group-by.ts';
import { viewOf } from '../match/view.ts';
import type { JudgeSpec, KnownTrial, Wanted } from '../model/llm-judge.ts';
import { type Heard, hearTrial, type PollingRoom } from './hear-trial.ts';
import type { JudgeExchange } from './judge-exchange.ts';

/** What the canaries of a judge came to. */
export interface CanaryReport {
  readonly asked: number;
  readonly missed: number;
  /** Why the judge is not to be believed in this run, null where it met them all. */
  readonly why: string | null;
  /** Exchanges that were made for them. */
  readonly live: readonly JudgeExchange[];
  /** Our own interruption came before an answer. */
  readonly isCut: boolean;
}

/** How far beside a known value an answer may lie: a quarter of the scale. */
const TOLERANCE = 0.25;

/** Asks a judge about known trials. One is met where its ballots come to the right answer; on each of its calls, where each is judged. */
export async function askCanaries(room: PollingRoom, spec: JudgeSpec): Promise<CanaryReport> {
  const chosen = chooseKnown(spec.known, spec.canaries);
  const met = await Promise.all(chosen.map((known) => askAbout(room, spec, known)));
  return {
    asked: met.length,
    missed: met.filter(({ why }) => why !== null).length,
    why: missedWords(spec, met),
    live: met.flatMap(({ live }) => live),
    isCut: met.some(({ isCut }) => isCut),
  };
}

function missedWords({ name }: JudgeSpec, met: readonly Met[]): string | null {
  if (met.length === 0) return `${name} has no known trials to be its canaries`;
  const missed = met.filter(({ why }) => why !== null);
  const [first] = missed;
  if (!first) return null;
  return `${name} missed ${missed.length} of ${met.length} canaries in this run: ${first.why}`;
}

/** What one canary came to: why it was missed, null where it was met. */
type Met = Pick<CanaryReport, 'why' | 'live' | 'isCut'>;

/** The first of each right answer, then the second of each, up to so many. */
function chooseKnown(known: readonly KnownTrial[], count: number): KnownTrial[] {
  const groups = [...groupBy(known, ({ answer }) => answer).values()];
  const rounds = Math.max(0, ...groups.map(({ length }) => length));
  const inTurn = Array.from({ length: rounds }, (_, round) =>
    groups.flatMap((group) => group[round] ?? []),
  );
  return inTurn.flat().slice(0, count);
}

async function askAbout(
  room: PollingRoom,
  spec: JudgeSpec,
  { name, trajectory, answer }: KnownTrial,
): Promise<Met> {
  const what = `known trial ${JSON.stringify(name)}`;
  try {
    const hearing = { wanted: wantedOf(spec, answer), task: `canary:${name}` };
    const heard = await hearTrial(room, spec, viewOf(trajectory), hearing);
    const live = heard.flatMap((each) => each.live);
    const isCut = heard.some((each) => each.isCut);
    const off = heard.find(({ agreed }) => agreed.holds !== true);
    if (heard.length === 0) return { why: `${what} has no tool call to judge`, live, isCut };
    return { why: off ? `${what} is ${answer}, ${saidWords(off)}` : null, live, isCut };
  } catch (thrown) {
    return { why: `${what}: ${messageOf(thrown)}`, live: [], isCut: false };
  }
}

function wantedOf({ scale }: JudgeSpec, answer: KnownTrial['answer']): Wanted {
  if (typeof answer === 'string') return { is: [answer] };
  const [low, high] = scale ?? [0, 0];
  const room = (high - low) * TOLERANCE;
  return { at_least: answer - room, at_most: answer + room };
}

function saidWords({ agreed, ballots }: Heard): string {
  if (agreed.answer !== null && agreed.holds !== null) return `the judge says ${agreed.answer}`;
  const lost = ballots.find(({ answer }) => answer === null);
  return lost ? `the judge does not say: ${lost.reason}` : 'its ballots do not agree';
}
