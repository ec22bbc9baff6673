import type { HandoffStep, Step, ToolCallStep, ToolResultStep } from '../model/trajectory.ts';
import { handoffOf, transferTarget } from './handoff-of.ts';

/** Adds a handoff after each answered call that hands control over; one that failed hands over nothing. */
export function withHandoffs(steps: readonly Step[]): Step[] {
  const open: ToolCallStep[] = [];
  return steps.flatMap((step): Step[] => {
    if (step.type === 'tool_call') {
      const call = step as ToolCallStep; // by its type
      if (transferTarget(call) !== null) open.push(call);
    }
    if (step.type !== 'tool_result') return [step];
    const handoff = answered(step as ToolResultStep, open); // by its type
    return handoff === null ? [step] : [step, handoff];
  });
}

function answered(result: ToolResultStep, open: ToolCallStep[]): HandoffStep | null {
  const at = open.findIndex(({ id, tool }) => (id ? id === result.id : tool === result.tool));
  if (at < 0) return null;
  const [call] = open.splice(at, 1);
  if (call === undefined || (result.error !== undefined && result.error !== null)) return null;
  const { turn, at_ms } = result;
  return handoffOf(call, {
    ...(typeof turn === 'number' && { turn }),
    ...(at_ms !== undefined && { at_ms }),
  });
}
