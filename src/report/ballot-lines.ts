import { type Ballot, JudgeDetails } from '../model/llm-judge.ts';
import type { Verdict } from '../model/verdict.ts';
import { counted } from './figures.ts';
import type { Ink } from './ink.ts';
import { wrapBehind } from './wrap.ts';

const MOST_BALLOTS = 20;
const MOST_FLAGS = 5;
const LONGEST_NAME = 60;
const LONGEST_REASON = 300;

/** Lines with the ballots of an LLM judge below its verdict, and with what looked like an attempt to sway it; none for other verdicts. All of it is text from outside. */
export function ballotLines(verdict: Verdict, ink: Ink, indent: string, full: boolean): string[] {
  if (verdict.kind !== 'judge') return [];
  const details = JudgeDetails.safeParse(verdict.details).data;
  if (!details) return [];
  const { ballots, flags = [] } = details;
  const shown = full ? ballots : ballots.slice(0, MOST_BALLOTS);
  const left = ballots.length - shown.length;
  const lines = [
    ...shown.flatMap((ballot) => oneBallot(ballot, ink, indent, full)),
    ...(left > 0 ? [`${indent}${ink.signs.ellipsis} ${counted(left, 'more ballot')}: --full`] : []),
    ...flags.slice(0, full ? flags.length : MOST_FLAGS).flatMap((flag) => {
      const text = `may sway it: ${ink.line(flag, LONGEST_REASON)}`;
      return wrapBehind(`${indent}${ink.signs.error} `, text, ink.width);
    }),
  ];
  return lines.map(ink.faint);
}

function oneBallot(ballot: Ballot, ink: Ink, indent: string, full: boolean): string[] {
  const { model, vote, step, answer, reason, from } = ballot;
  const where = step === undefined ? '' : `, step ${step}`;
  const source = from === 'recorded' ? ', recorded' : '';
  const said = answer === null ? 'no answer' : ink.line(String(answer), LONGEST_NAME);
  const names = `${ink.line(model, LONGEST_NAME)}, vote ${vote}${where}${source}`;
  const why = ink.line(reason, full ? undefined : LONGEST_REASON);
  return wrapBehind(`${indent}${ink.signs.dot} `, `${names}: ${said} – ${why}`, ink.width);
}
