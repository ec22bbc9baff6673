import { isObject, ownValue } from '../json/object.ts';
import type { HandoffStep, ToolCallStep } from '../model/trajectory.ts';

/** The agent that a call hands control to, as the tools of ADK for that do; null for any other call. */
export function transferTarget({ tool, args }: ToolCallStep): string | null {
  if (!tool.startsWith('transfer_to_') || !isObject(args)) return null;
  const name = ownValue(args, 'agent_name') ?? ownValue(args, 'agentName');
  return typeof name === 'string' && name !== '' ? name : null;
}

/** The handoff that a call made; null where it made none, or handed control to the agent that had it. */
export function handoffOf(
  call: ToolCallStep,
  frame: Pick<HandoffStep, 'turn' | 'at_ms'>,
): HandoffStep | null {
  const to = transferTarget(call);
  const from = call.actor;
  if (to === null || from === undefined || from === to) return null;
  return { type: 'handoff', from, to, ...frame, origin: 'inferred' };
}
