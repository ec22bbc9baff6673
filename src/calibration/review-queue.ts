import { JudgeDetails } from '../model/llm-judge.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';

/** Why a trial is worth a person's look, the most telling first. */
export const RANKS = ['disagreement', 'undecided judge', 'failed', 'error', 'passed'] as const;
export type Rank = (typeof RANKS)[number];

/** The place of a trial in the queue, and why it is there, in words that hold names from outside. */
export interface QueueReason {
  readonly rank: Rank;
  readonly why: string;
}

/** What one LLM judge says of a trial. */
interface Said {
  readonly name: string;
  /** Also of an answer that may not gate; null where there is none. */
  readonly holds: boolean | null;
  readonly details: JudgeDetails | null;
}

const MOST_WHYS = 3;
const MOST_BALLOTS = 9;

/** Tells why a trial stands in the queue; null for one that was not run, or that names no task. */
export function queueReason(result: TrialResult): QueueReason | null {
  if (result.status === 'skip' || result.task === null) return null;
  const judges = result.verdicts.filter(({ kind }) => kind === 'judge').map(saidBy);
  const found = [...betweenJudges(judges), ...againstRules(judges, result.verdicts)];
  found.push(...judges.flatMap(insideOne));
  if (found.length > 0) return { rank: 'disagreement', why: inWords(found) };
  const lost = judges.filter(({ holds }) => holds === null).map(({ name }) => name);
  if (lost.length > 0) return { rank: 'undecided judge', why: `${inWords(lost)} undecided` };
  if (result.status === 'pass') return { rank: 'passed', why: 'passed' };
  const bad = result.verdicts.filter(({ status, required }) => required && status !== 'pass');
  const paths = bad.filter(({ status }) => status === result.status).map(({ path }) => path);
  const rank = result.status === 'fail' ? 'failed' : 'error';
  const because = paths.length > 0 ? inWords(paths) : (result.reason ?? '');
  const head = rank === 'failed' ? 'failed' : 'in error';
  return { rank, why: because === '' ? head : `${head}: ${because}` };
}

/** Orders the queue by rank, and inside each as it was. */
export function inQueueOrder<Entry extends { readonly rank: Rank }>(
  entries: readonly Entry[],
): Entry[] {
  return RANKS.flatMap((rank) => entries.filter((entry) => entry.rank === rank));
}

/** Name of the LLM judge that a verdict is of; null for other verdicts. */
export function judgeNamed({ kind, path, details }: Verdict): string | null {
  if (kind !== 'judge') return null;
  const told = JudgeDetails.safeParse(details).data?.judge;
  return told ?? path.replace(/^.*\bjudge\./, '');
}

function saidBy(verdict: Verdict): Said {
  const details = JudgeDetails.safeParse(verdict.details).data ?? null;
  const decided = verdict.status === 'error' ? null : verdict.status === 'pass';
  const name = judgeNamed(verdict) ?? verdict.path;
  return { name, holds: details?.holds ?? decided, details };
}

function betweenJudges(judges: readonly Said[]): string[] {
  const one = judges.find(({ holds }) => holds === true);
  const other = judges.find(({ holds }) => holds === false);
  return one && other ? [`${one.name} passes, ${other.name} fails`] : [];
}

/** A judge that fails what every rule passes, or passes what a rule fails; that the trial ended says nothing. */
function againstRules(judges: readonly Said[], verdicts: readonly Verdict[]): string[] {
  const rules = verdicts.filter(({ kind, required }) => kind !== 'judge' && required);
  const broken = rules.find(({ status }) => status === 'fail');
  const lenient = judges.find(({ holds }) => holds === true);
  if (broken) return lenient ? [`${lenient.name} passes, ${broken.path} fails`] : [];
  const strict = judges.find(({ holds }) => holds === false);
  const kept = rules.filter(({ path }) => path !== 'expect.stop');
  const all = kept.length > 0 && kept.every(({ status }) => status === 'pass');
  return strict && all ? [`${strict.name} fails, every rule passes`] : [];
}

/** Ballots of one judge that differ, and what looked like an attempt to sway it. */
function insideOne({ name, details }: Said): string[] {
  if (details === null) return [];
  const found = differing(details).map((answers) => `ballots of ${name} differ: ${answers}`);
  const [flag] = details.flags ?? [];
  return flag === undefined ? found : [...found, `${name} was shown what may sway it: ${flag}`];
}

/** The answers of the first question whose ballots differ: words at all, values in whether they hold. */
function differing({ ballots, wanted }: JudgeDetails): string[] {
  const bySteps = new Map<number, (string | number)[]>();
  for (const { step = -1, answer } of ballots) {
    if (answer === null) continue;
    const answers = bySteps.get(step);
    if (answers) answers.push(answer);
    else bySteps.set(step, [answer]);
  }
  const holds = (value: number) =>
    value >= (wanted.at_least ?? Number.NEGATIVE_INFINITY) &&
    value <= (wanted.at_most ?? Number.POSITIVE_INFINITY);
  for (const answers of bySteps.values()) {
    const kinds = new Set(answers.map((one) => (typeof one === 'number' ? holds(one) : one)));
    if (kinds.size > 1) return [answers.slice(0, MOST_BALLOTS).join(', ')];
  }
  return [];
}

function inWords(list: readonly string[]): string {
  const left = list.length - MOST_WHYS;
  return list.slice(0, MOST_WHYS).join('; ') + (left > 0 ? ` and ${left} more` : '');
}
