import { AgentopsError } from '../errors.ts';
import { type Call, NO_RESULT } from '../match/calls.ts';
import { isOfUser } from '../match/of-user.ts';
import { ABSENT } from '../match/tri.ts';
import type { View } from '../match/view.ts';
import type { Step } from '../model/trajectory.ts';

/** A trajectory up to the end of what is judged, with what is known of its calls. */
export interface StepsUpTo {
  readonly steps: readonly Step[];
  /** Index after the last step. */
  readonly end: number;
  /** Calls by their own steps, by those of their results, and by those of the last decisions about them. */
  readonly made: ReadonlyMap<number, Call>;
  readonly answered: ReadonlyMap<number, Call>;
  readonly decided: ReadonlyMap<number, Call>;
  /** The step of the final answer, null where there is none. */
  readonly answer: number | null;
  /** The call that is judged, null where all is. */
  readonly judged: Call | null;
}

/** Steps of the whole trajectory up to what the judged call came back with, or to the end of the view, which may be a turn. */
export function stepsUpTo(view: View, step: number | null): StepsUpTo {
  const made = new Map<number, Call>();
  const answered = new Map<number, Call>();
  const decided = new Map<number, Call>();
  for (const call of view.whole.allCalls) {
    made.set(call.step, call);
    if (call.resultStep !== NO_RESULT) answered.set(call.resultStep, call);
    if (call.approval >= 0) decided.set(call.approval, call);
  }
  const { steps } = view.whole;
  const around = { steps, made, answered, decided };
  if (step === null) {
    const answer = view.answer();
    const said = answer === ABSENT ? null : answer.step;
    return { ...around, end: view.steps.length, answer: said, judged: null };
  }
  const judged = made.get(step);
  if (!judged)
    throw new AgentopsError('internal', `Cannot judge step ${step}: it is not a tool call`);
  return { ...around, end: endOf(judged, view.steps.length), answer: null, judged };
}

function endOf({ step, resultStep, approval }: Call, most: number): number {
  const last = resultStep === NO_RESULT ? Math.max(step, approval) : resultStep;
  return Math.min(last + 1, most);
}

/** Whether a judge sees a step whatever it is told to see: what was asked, and what is judged. */
export function isAlwaysSeen(index: number, { steps, judged }: StepsUpTo): boolean {
  if (judged && (index === judged.step || index === judged.resultStep)) return true;
  return isOfUser(steps[index] as Step); // an index of a step
}
