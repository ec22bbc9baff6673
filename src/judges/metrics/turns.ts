import type { View } from '../../match/view.ts';
import type { MessageStep } from '../../model/trajectory.ts';
import { type ComparedCall, comparedCall } from './compared-call.ts';

/** Calls of the agent by turn: a user message, or several in a row, begins one once the agent acts on it. */
export function turnsOf(view: View): ComparedCall[][] {
  const calls = new Map(view.calls.map((call) => [call.step, call]));
  const turns: ComparedCall[][] = [[]];
  let [begun, asked, acted] = [false, false, false];
  view.steps.forEach((step, index) => {
    const role = step.type === 'message' ? (step as MessageStep).role : null; // the tag says so
    const call = calls.get(index);
    if (role === 'user') {
      asked ||= begun && acted; // what stands before the first user message belongs to the first turn
      begun = true;
      acted = false;
    }
    if (role !== 'assistant' && !call) return;
    if (asked) turns.push([]);
    asked = false;
    acted = true;
    if (call) turns.at(-1)?.push(comparedCall(call.tool, call.args, call.result));
  });
  return turns;
}
