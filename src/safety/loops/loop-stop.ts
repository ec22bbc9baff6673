import { pairCalls } from '../../match/calls.ts';
import { isOfUser } from '../../match/of-user.ts';
import type { Expectations } from '../../model/expectations.ts';
import type { Tools } from '../../model/tool.ts';
import type { HandoffStep, Step, ToolCallStep } from '../../model/trajectory.ts';
import { type Loop, type LoopRule, type LoopWatch, loopWatch } from './loop-watch.ts';

/** Stops a live trial for a loop. */
export interface LoopHalt {
  readonly kind: 'limit';
  readonly limit: 'no_loops';
  readonly reason: string;
}

/** Makes the watchers of what suite and task require under `no_loops`: each is told of every step of a live trial, in order. */
export function loopStops(
  required: readonly (Expectations | undefined)[],
  tools: Tools | null,
): ((step: Step) => LoopHalt | null)[] {
  return required.flatMap((expect) => {
    const value = expect?.['no_loops'];
    if (value === undefined) return [];
    return [loopStop(value === true ? {} : (value as LoopRule), tools)]; // validated
  });
}

/** What is looked at in its turn: a hand-over, what the user says, or a call with what came of it. */
interface Waiting {
  readonly index: number;
  readonly steps: readonly [Step, ...Step[]];
  isDone: boolean;
}

/** Calls that wait behind one without an answer; it is then taken for one that nobody answers. */
const MOST_WAITING = 32;

/** Calls are looked at in the order in which they were made, as by the judge of the record: both find the same loop. */
function loopStop(rule: LoopRule, tools: Tools | null): (step: Step) => LoopHalt | null {
  const watch = loopWatch(rule, tools);
  const line: Waiting[] = [];
  const openCalls = new Map<string, { isDone: boolean; steps: [Step, ...Step[]] }>();
  let index = -1;
  return (step) => {
    index++;
    if (step.type === 'tool_call') {
      const waiting = { index, steps: [step] as [Step], isDone: false };
      openCalls.set(idOf(step), waiting);
      line.push(waiting);
    } else if (step.type === 'tool_result' || step.type === 'approval') {
      const call = openCalls.get(idOf(step));
      call?.steps.push(step);
      if (call && step.type === 'tool_result') {
        call.isDone = true;
        openCalls.delete(idOf(step));
      }
    } else if (step.type === 'handoff' || isOfUser(step)) {
      line.push({ index, steps: [step], isDone: true });
    }
    while (line[0]?.isDone || line.length > MOST_WAITING) {
      const loop = look(watch, line.shift() as Waiting); // there is one
      if (loop) return { kind: 'limit', limit: 'no_loops', reason: loop.reason };
    }
    return null;
  };
}

function idOf(step: Step): string {
  return (step as ToolCallStep).id ?? ''; // those that are asked have one, as calls do
}

function look(watch: LoopWatch, { steps, index }: Waiting): Loop | null {
  const [step] = steps;
  if (step.type === 'handoff') {
    const { from, to } = step as HandoffStep; // the tag says so
    return watch.handoff({ from, to, step: index });
  }
  if (step.type === 'message') return watch.heard();
  // Read only now: a call that a model asked for may have run with other arguments
  const [call] = pairCalls(steps).calls;
  return call && call.actor !== 'user' ? watch.call({ ...call, step: index }) : null;
}
