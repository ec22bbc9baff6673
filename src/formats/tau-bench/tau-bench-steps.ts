import { isObject } from '../../json/object.ts';
import type { MessageStep, Step } from '../../model/trajectory.ts';
import { chatSteps } from '../chat-steps.ts';

/** The steps of an episode. Only the first call of a message was executed: further ones become `x-` steps, and text beside it, which the user was not sent, reasoning. Throws `input_fault`. */
export function tauBenchSteps(messages: readonly unknown[]): Step[] {
  return messages.flatMap((message, index) => {
    const steps = chatSteps(message, index);
    const refusal = refusalOf(message);
    const first = steps.findIndex(isCall);
    return steps.map((step, at) => {
      if (isCall(step))
        return at === first ? alone(step) : { ...step, type: 'x-call-not-executed' };
      if (step.type === 'message' && first >= 0) return unsent(step);
      return step.type === 'tool_result' && refusal !== null ? refused(step, refusal) : step;
    });
  });
}

function isCall({ type }: Step): boolean {
  return type === 'tool_call';
}

/** A call that was not made together with others, whatever was asked for. */
function alone(step: Step): Step {
  const { parallel: _, ...call } = step as Step & { parallel?: string }; // a call
  return call as Step; // less an optional key
}

/** What stood beside a call: only messages without one are sent to the user, and looked through for what is to be said. */
function unsent(step: Step): Step {
  const { content } = step as MessageStep; // a message
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
  return {
    ...step,
    content: parts.map((part) => (part.type === 'text' ? { ...part, type: 'reasoning' } : part)),
  };
}

/** What the environment answers to a call that failed, null for any other message. */
function refusalOf(message: unknown): string | null {
  if (!isObject(message) || message['role'] !== 'tool') return null;
  const { content, name } = message;
  if (typeof content !== 'string') return null;
  return content.startsWith('Error') || content === `Unknown action ${name}` ? content : null;
}

function refused(step: Step, message: string): Step {
  const { result: _, ...answer } = step as Step & { result?: unknown }; // a result
  return { ...answer, error: { message } } as Step; // an error in place of what was answered
}
