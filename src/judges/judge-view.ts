import { messageOf } from '../errors.ts';
import type { View } from '../match/view.ts';
import type { Outcome, Verdict } from '../model/verdict.ts';
import { undecided } from './judge.ts';
import type { Question } from './question.ts';
import { type TurnViews, turnViews } from './turn-views.ts';

/** What was decided about one trial. */
export interface Judged {
  readonly status: 'pass' | 'fail' | 'error';
  /** Weighted mean of the verdicts' scores; null with `error`. */
  readonly score: number | null;
  /** Why the trial has its status, where no verdict says it. */
  readonly reason: string | null;
  readonly verdicts: readonly Verdict[];
}

/** Asks every question about a trajectory and settles the trial's status. Resolves at once where no judge needs to wait. */
export function judgeView(view: View, questions: readonly Question[]): Judged | Promise<Judged> {
  if (view.fault !== null)
    return { status: 'error', score: null, reason: view.fault, verdicts: [] };
  const outcomes: (Outcome | Promise<Outcome>)[] = [];
  const turns = turnViews(view);
  let waits = false;
  for (const question of questions) {
    const outcome = ask(question, view, turns);
    if (outcome instanceof Promise) waits = true;
    outcomes.push(outcome);
  }
  if (waits) {
    return Promise.all(outcomes).then((found) => settle(view, questions, found));
  }
  return settle(view, questions, outcomes as Outcome[]); // none of them is a promise
}

function ask(question: Question, view: View, turns: TurnViews): Outcome | Promise<Outcome> {
  if (question.prepared.needsCalls && view.trajectory.calls === 'not_captured') {
    return undecided('Nobody watched the calls of this trial (calls: not_captured)');
  }
  try {
    const look = question.turn ? turns(question.turn) : { view };
    if (look.view === undefined) return look.outcome;
    const answer = question.prepared.judge(look.view);
    return answer instanceof Promise ? answer.catch(broken) : answer;
  } catch (thrown) {
    return broken(thrown);
  }
}

function broken(thrown: unknown): Outcome {
  return undecided(`The judge failed: ${messageOf(thrown)}`);
}

function settle(view: View, questions: readonly Question[], outcomes: readonly Outcome[]): Judged {
  const verdicts: Verdict[] = [];
  for (let at = 0; at < questions.length; at++) {
    verdicts.push(verdictOf(questions[at] as Question, outcomes[at] as Outcome)); // as many outcomes as questions
  }
  const { status, reason } = statusOf(view, questions, verdicts);
  const score = status === 'error' ? null : scoreOf(questions, verdicts, status);
  return { status, score, reason, verdicts };
}

function verdictOf({ path, kind: own, required }: Question, found: Outcome): Verdict {
  const kind = found.kind ?? own;
  const { status, score, reason, evidence, details } = found;
  const verdict = { path, kind, required, status, score, reason, evidence };
  return details === undefined ? verdict : { ...verdict, details };
}

function statusOf(
  view: View,
  questions: readonly Question[],
  verdicts: readonly Verdict[],
): Pick<Judged, 'status' | 'reason'> {
  const { stop } = view.trajectory;
  const found = requiredOnes(questions, verdicts);
  if (stop === 'limit' || (found.stopFailed && stop !== 'interrupted')) {
    return { status: 'fail', reason: null };
  }
  if (stop === 'interrupted') return { status: 'error', reason: 'The recording was interrupted' };
  if (isSilent(view)) {
    return { status: 'error', reason: 'The agent neither said nor called anything' };
  }
  if (found.failed) return { status: 'fail', reason: null };
  return { status: found.undecided ? 'error' : 'pass', reason: null };
}

function requiredOnes(questions: readonly Question[], verdicts: readonly Verdict[]) {
  const found = { failed: false, undecided: false, stopFailed: false };
  for (let at = 0; at < verdicts.length; at++) {
    const { required, status } = verdicts[at] as Verdict; // at < length
    if (!required || status === 'pass') continue;
    if (status === 'error') found.undecided = true;
    else found.failed = true;
    if (status === 'fail' && questions[at]?.aboutStop) found.stopFailed = true;
  }
  return found;
}

/** Whether the agent did nothing that anyone could see. */
function isSilent(view: View): boolean {
  if (view.calls.length > 0) return false;
  return !view.said().some(({ text, parts }) => text !== '' || parts);
}

function scoreOf(
  questions: readonly Question[],
  verdicts: readonly Verdict[],
  status: string,
): number {
  let [sum, weights] = [0, 0];
  for (let at = 0; at < verdicts.length; at++) {
    const score = verdicts[at]?.score ?? null;
    if (score === null) continue;
    const weight = questions[at]?.weight ?? 0;
    sum += weight * score;
    weights += weight;
  }
  if (weights === 0) return status === 'pass' ? 1 : 0;
  return sum / weights;
}
