import type { Call } from '../match/calls.ts';
import { NO_CAPTURES } from '../match/scope.ts';
import { type Usage, usageOf } from '../match/usage.ts';
import { finalAnswer, type Said, type View } from '../match/view.ts';
import type { Step, Trajectory } from '../model/trajectory.ts';

/** Steps of one turn: from a user message up to the next. */
export interface TurnSpan {
  readonly start: number;
  /** Index after the last step. */
  readonly end: number;
  readonly isFirst: boolean;
}

/** Stands for a step of an earlier turn, so that steps keep their numbers. */
const EARLIER: Step = { type: 'x-earlier-turn' };

/** Looks at one turn of a trajectory: its steps keep their numbers, and all that was said and answered before can be asked for. */
export function turnView(whole: View, span: TurnSpan): View {
  const { start, end } = span;
  let trajectory: Trajectory | null = null;
  let usage: Usage | null = null;
  let texts: readonly Said[] | null = null;
  const allCalls = between(whole.allCalls, span);
  const said = () => {
    texts ??= between(whole.said(), span);
    return texts;
  };
  const turnTrajectory = () => {
    trajectory ??= partOf(whole, span);
    return trajectory;
  };
  return {
    get trajectory() {
      return turnTrajectory();
    },
    get steps() {
      return turnTrajectory().steps;
    },
    whole,
    input: whole.input,
    allCalls,
    calls: whole.calls === whole.allCalls ? allCalls : between(whole.calls, span),
    fault: whole.fault,
    tools: whole.tools,
    initialWorld: whole.initialWorld,
    said,
    usage: () => {
      usage ??= { ...usageOf(whole.steps.slice(start, end)), durationMs: durationOf(whole, span) };
      return usage;
    },
    answer: () => finalAnswer(said(), allCalls),
    inInput: (value, before) => whole.inInput(value, before),
    inResults: (value, before, tools) => whole.inResults(value, before, tools),
    writtenBefore: (value, step) => whole.writtenBefore(value, step),
    askedBefore: (value, step) => whole.askedBefore(value, step),
    scopeAt: (step) => ({ env: NO_CAPTURES, relaxed: null, step, provenance: whole }),
  };
}

/** The trajectory with nothing but the steps of a turn; its final world is that of the whole only. */
function partOf(whole: View, { start, end }: TurnSpan): Trajectory {
  const { world: _, ...trajectory } = whole.trajectory;
  const earlier = new Array<Step>(start).fill(EARLIER);
  return { ...trajectory, steps: [...earlier, ...whole.steps.slice(start, end)] };
}

/** Those of a list in the order of their steps that belong to a turn. */
function between<Item extends Call | Said>(items: readonly Item[], span: TurnSpan): Item[] {
  return items.slice(firstFrom(items, span.start), firstFrom(items, span.end));
}

/** Index of the first item at or after a step. */
function firstFrom(items: readonly (Call | Said)[], step: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.step ?? step) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Milliseconds from the user's message to the last step of the turn; null where either is not told. */
function durationOf({ steps }: View, { start, end, isFirst }: TurnSpan): number | null {
  const times = steps.slice(start, end).map((step) => step['at_ms']);
  const last = times.findLast((time) => typeof time === 'number');
  const [first] = times;
  const begun = typeof first === 'number' ? first : isFirst && start === 0 ? 0 : null;
  return typeof last === 'number' && begun !== null ? Math.max(0, last - begun) : null;
}
