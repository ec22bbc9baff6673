import { messageOf } from '../errors.ts';
import type { View } from '../match/view.ts';
import type { Outcome, Verdict } from '../model/verdict.ts';
import { undecided } from './judge.ts';
import type { Question } from './questions.ts';

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
  const outcomes = questions.map((question) => ask(question, view));
  if (outcomes.some((one) => one instanceof Promise)) {
    return Promise.all(outcomes).then((found) => settle(view, questions, found));
  }
  return settle(view, questions, outcomes as Outcome[]); // none of them is a promise
}

function ask(question: Question, view: View): Outcome | Promise<Outcome> {
  if (question.prepared.needsCalls && view.trajectory.calls === 'not_captured') {
    return undecided('Nobody watched the calls of this trial (calls: not_captured)');
  }
  try {
    const answer = question.prepared.judge(view);
    return answer instanceof Promise ? answer.catch(broken) : answer;
  } catch (thrown) {
    return broken(thrown);
  }
}

function broken(thrown: unknown): Outcome {
  return undecided(`The judge failed: ${messageOf(thrown)}`);
}

function settle(view: View, questions: readonly Question[], outcomes: readonly Outcome[]): Judged {
  const verdicts = outcomes.map((found, index): Verdict => {
    const { path, kind, required } = questions[index] as Question; // as many outcomes as questions
    return { path, kind, required, ...found };
  });
  const { status, reason } = statusOf(view, verdicts);
  const score = status === 'error' ? null : scoreOf(questions, verdicts, status);
  return { status, score, reason, verdicts };
}

function statusOf(view: View, verdicts: readonly Verdict[]): Pick<Judged, 'status' | 'reason'> {
  const { stop } = view.trajectory;
  const stops = verdicts.filter((one) => one.required && /(^|\.)expect\.stop$/.test(one.path));
  if (stop === 'limit' || stops.some((one) => one.status === 'fail' && stop !== 'interrupted')) {
    return { status: 'fail', reason: null };
  }
  if (stop === 'interrupted') return { status: 'error', reason: 'The recording was interrupted' };
  if (isSilent(view)) {
    return { status: 'error', reason: 'The agent neither said nor called anything' };
  }
  const required = verdicts.filter((one) => one.required);
  if (required.some((one) => one.status === 'fail')) return { status: 'fail', reason: null };
  if (required.some((one) => one.status === 'error')) return { status: 'error', reason: null };
  return { status: 'pass', reason: null };
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
  verdicts.forEach(({ score }, index) => {
    const weight = questions[index]?.weight ?? 0;
    if (score === null) return;
    sum += weight * score;
    weights += weight;
  });
  if (weights === 0) return status === 'pass' ? 1 : 0;
  return sum / weights;
}
