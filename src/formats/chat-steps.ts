import { AgentopsError } from '../errors.ts';
import { isObject } from '../json/object.ts';
import type { MessageStep, Step, ToolResultStep } from '../model/trajectory.ts';
import { callsOf } from './chat-calls.ts';
import { contentOf, resultOf } from './chat-content.ts';
import { recordFault } from './each-record.ts';
import { kindWords } from './kind-words.ts';

/** Makes steps of one chat message; `index` is its place in the conversation. Throws `input_fault`, naming the message. */
export function chatSteps(message: unknown, index: number): Step[] {
  if (!isObject(message)) {
    throw recordFault(`Message ${index} is ${kindWords(message)}, expected an object`);
  }
  const { role } = message;
  try {
    if (role === 'assistant') return assistantSteps(message, index);
    if (role === 'tool' || role === 'function') return [resultStep(message)];
    if (role === 'user' || role === 'system' || role === 'developer')
      return [spoken(message, role)];
  } catch (thrown) {
    if (!(thrown instanceof AgentopsError)) throw thrown;
    throw recordFault(`Message ${index} (${role}): ${thrown.message}`);
  }
  const roles = 'system, developer, user, assistant, tool or function';
  throw recordFault(`Message ${index} has the role ${kindWords(role)}, expected ${roles}`);
}

function assistantSteps(message: Record<string, unknown>, index: number): Step[] {
  const calls = callsOf(message, `m${index}`);
  const said = spoken(message, 'assistant');
  const empty = said.content === null || said.content.length === 0;
  return empty && calls.length > 0 ? calls : [said, ...calls];
}

function spoken(message: Record<string, unknown>, role: MessageStep['role']): MessageStep {
  const { name } = message;
  const content = contentOf(message);
  return { type: 'message', role, content, ...(typeof name === 'string' && { name }) };
}

/** A result, paired by the id of its call, or by the name of its tool where it has none. */
function resultStep(message: Record<string, unknown>): ToolResultStep {
  const { tool_call_id: id, name, content, is_error, status } = message;
  const answers = {
    type: 'tool_result' as const,
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : null,
    ...(typeof name === 'string' && { tool: name }),
  };
  const result = resultOf(content);
  if (is_error !== true && status !== 'error') return { ...answers, result };
  return { ...answers, error: isObject(result) ? result : { message: result } };
}
