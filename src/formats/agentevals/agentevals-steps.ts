import { isObject } from '../../json/object.ts';
import type { Step } from '../../model/trajectory.ts';
import { chatSteps } from '../chat-steps.ts';
import type { AgentevalsCase } from './agentevals-case.ts';

/** The steps of a side of a case, whose messages have the shape of OpenAI or of LangChain. Throws `input_fault`. */
export function agentevalsSteps(side: AgentevalsCase['outputs']): Step[] {
  return messagesOf(side).flatMap((message, index) => chatSteps(openaiShape(message), index));
}

/** The messages of a side, which may stand under `messages`. */
function messagesOf(side: AgentevalsCase['outputs']): readonly unknown[] {
  if (side === null || side === undefined) return [];
  return Array.isArray(side) ? side : side.messages;
}

const ROLES: ReadonlyMap<unknown, string> = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
]);

function openaiShape(message: unknown): unknown {
  if (!isObject(message)) return message;
  const { role, tool_calls: calls } = message;
  return {
    ...message,
    role: ROLES.get(role) ?? role,
    ...(Array.isArray(calls) && { tool_calls: calls.map(openaiCall) }),
  };
}

/** A call of LangChain has its name and arguments beside its id. */
function openaiCall(call: unknown): unknown {
  if (!isObject(call) || typeof call['name'] !== 'string' || 'function' in call) return call;
  const { id, name, args } = call;
  return { id, function: { name, arguments: args } };
}
