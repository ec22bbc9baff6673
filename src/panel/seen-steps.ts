import type { Sees } from '../model/llm-judge.ts';
import type { MessageStep, Step } from '../model/trajectory.ts';
import { chosenSteps } from './chosen-steps.ts';
import { isAlwaysSeen, type StepsUpTo } from './steps-up-to.ts';

/** Indexes of the steps that a judge sees, and how many it does not for a filter. */
export interface SeenSteps {
  readonly indexes: readonly number[];
  readonly leftOut: number;
}

/** Chooses what a judge sees; what was asked and what is judged are always among it. */
export function seenSteps(sees: Sees, upTo: StepsUpTo): SeenSteps {
  const able = ableSteps(upTo);
  const chosen = typeof sees === 'object' ? chosenSteps(sees.steps, upTo, able) : null;
  const indexes = able.filter((index) => {
    if (isAlwaysSeen(index, upTo)) return true;
    return chosen ? chosen.has(index) : isSeen(sees, index, upTo);
  });
  return { indexes, leftOut: chosen ? able.length - indexes.length : 0 };
}

/** Steps that can be shown: exchanges with models and what other tools wrote for themselves say nothing to a judge. */
function ableSteps({ steps, end }: StepsUpTo): number[] {
  const able: number[] = [];
  for (let index = 0; index < end; index++) {
    const { type } = steps[index] as Step; // index < end
    if (type !== 'model' && !type.startsWith('x-')) able.push(index);
  }
  return able;
}

function isSeen(sees: Sees, index: number, { steps, answer }: StepsUpTo): boolean {
  if (sees === 'trajectory') return true;
  if (sees === 'answer') return index === answer;
  const step = steps[index] as Step; // an index of a step
  if (step.type !== 'message') return false;
  const { role } = step as MessageStep; // the tag says so
  return role === 'user' || role === 'assistant';
}
