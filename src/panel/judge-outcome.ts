import { cut } from '../match/show.ts';
import type { Ballot, JudgeAnswer, JudgeSpec, Wanted } from '../model/llm-judge.ts';
import type { Outcome } from '../model/verdict.ts';
import { answerForm } from './answer-form.ts';
import type { Heard } from './hear-trial.ts';
import { holdsFor, plainWanted, wantedWords } from './holds-for.ts';
import { judgeDetails } from './judge-details.ts';

/** Characters of a model's words in a reason, and steps that are pointed at. */
const LONGEST_QUOTE = 300;
const MOST_EVIDENCE = 20;

/** The verdict that ballots come to: on the whole, or on each call, of which all must hold. */
export function judgeOutcome(spec: JudgeSpec, wanted: Wanted, heard: readonly Heard[]): Outcome {
  const details = judgeDetails(spec, wanted, heard);
  const pointed = new Set(details.ballots.flatMap(({ evidence }) => evidence));
  const evidence = [...pointed].sort((a, b) => a - b).slice(0, MOST_EVIDENCE);
  const { holds } = details;
  const status = holds === null ? 'error' : holds ? 'pass' : 'fail';
  const score = holds === null ? null : scoreOf(spec, heard);
  const reason = reasonOf(spec, plainWanted(wanted, answerForm(spec)), heard);
  return { status, score, reason, evidence, details };
}

/** The mean over calls, where each is judged; one that is not decided counts for nothing. */
function scoreOf(spec: JudgeSpec, heard: readonly Heard[]): number {
  if (heard.length === 0) return 1;
  const scores = heard.map(({ agreed }) => (agreed.holds === null ? 0 : scoreOfOne(spec, agreed)));
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function scoreOfOne({ scale }: JudgeSpec, { answer, holds }: Heard['agreed']): number {
  if (!scale || typeof answer !== 'number') return holds ? 1 : 0;
  const [low, high] = scale;
  return Math.min(1, Math.max(0, (answer - low) / (high - low)));
}

function reasonOf(spec: JudgeSpec, wanted: Wanted, heard: readonly Heard[]): string {
  const [first] = heard;
  if (!first) return 'No tool call to judge';
  if (spec.each === null) return wholeReason(spec, wanted, first);
  const held = heard.filter(({ agreed }) => agreed.holds === true);
  const counted = `${spec.name}: ${held.length} of ${heard.length} calls hold`;
  const failed = heard.find(({ agreed }) => agreed.holds === false);
  const open = heard.find(({ agreed }) => agreed.holds === null);
  const telling = failed ?? open;
  if (!telling) return `${counted}, wanted ${wantedWords(wanted)}`;
  return `${counted}; step ${telling.step}: ${wholeReason(spec, wanted, telling)}`;
}

function wholeReason(spec: JudgeSpec, wanted: Wanted, { agreed, ballots }: Heard): string {
  const wants = `wanted ${wantedWords(wanted)}`;
  const { answer, holds } = agreed;
  if (answer === null || holds === null) return openReason(spec, wants, ballots);
  const telling =
    ballots.find((ballot) => holdsAs(ballot, wanted) === holds) ??
    ballots.find((ballot) => ballot.answer !== null);
  const quote = JSON.stringify(cut(telling?.reason ?? '', LONGEST_QUOTE));
  if (!spec.scale) {
    const same = ballots.filter((ballot) => ballot.answer === answer).length;
    const count = ballots.length === 1 ? '' : ` (${same} of ${ballots.length} ballots)`;
    return `${spec.name}: ${answer}${count}, ${wants}: ${quote}`;
  }
  const [low, high] = spec.scale;
  const cast = ballots.length === 1 ? '' : ` (${ballotWords(ballots)})`;
  return `${spec.name}: ${valueWords(answer)} of ${low} to ${high}, ${wants}${cast}: ${quote}`;
}

function holdsAs({ answer }: Ballot, wanted: Wanted): boolean | null {
  return answer === null ? null : holdsFor(answer, wanted);
}

/** Why ballots come to nothing: the first that was lost tells most. */
function openReason({ name }: JudgeSpec, wants: string, ballots: readonly Ballot[]): string {
  const lost = ballots.filter(({ answer }) => answer === null);
  const [first] = lost;
  if (!first) return `${name}: undecided (${ballotWords(ballots)}), ${wants}`;
  if (ballots.length === 1) return first.reason;
  if (lost.length === ballots.length) {
    return `${first.reason} (all ${ballots.length} ballots are lost)`;
  }
  return `${name}: undecided (${ballotWords(ballots)}), ${wants}: ${first.reason}`;
}

function ballotWords(ballots: readonly Ballot[]): string {
  const words = ballots.map(({ answer }) => (answer === null ? 'lost' : valueWords(answer)));
  return `${ballots.length} ballots: ${words.join(', ')}`;
}

function valueWords(answer: JudgeAnswer): string {
  return typeof answer === 'string' ? answer : String(Math.round(answer * 100) / 100);
}
