import { isObject } from '../../json/object.ts';
import type { MessageStep, ModelStep, Step, ToolResultStep } from '../../model/trajectory.ts';
import { chatSteps } from '../chat-steps.ts';
import { recordFault } from '../each-record.ts';
import { kindWords } from '../kind-words.ts';

type Message = Readonly<Record<string, unknown>>;

/** What stands beside the messages of a simulation. */
interface Setting {
  /** Model of the agent, where it is known. */
  readonly model: string | null;
  /** When the simulation began, in milliseconds; not a number where that is not known. */
  readonly start: number;
}

/** The steps of a simulation: calls of the simulated user carry `actor: user`. Throws `input_fault`, naming the message. */
export function tau2Steps(messages: readonly unknown[], setting: Setting): Step[] {
  return messages.flatMap((message, index) => {
    if (!isObject(message)) {
      throw recordFault(`Message ${index} is ${kindWords(message)}, expected an object`);
    }
    const { tool_messages: several } = message;
    // Results of calls that were made together come in one message
    const singles = Array.isArray(several) ? several.filter(isObject) : [message];
    if (Array.isArray(several) && singles.length < several.length) {
      throw recordFault(`Message ${index} has a result that is no object`);
    }
    return singles.flatMap((single) => timed(stepsOf(single, index, setting), single, setting));
  });
}

function stepsOf(message: Message, index: number, { model }: Setting): Step[] {
  const { role } = message;
  if (role === 'tool') return [resultStep(message)];
  const shaped = { ...message, tool_calls: callsOf(message['tool_calls']) };
  if (role === 'user') return ofUser(shaped, index);
  const steps = chatSteps(shaped, index);
  const exchange = role === 'assistant' ? exchangeOf(message, model) : null;
  return exchange === null ? steps : [exchange, ...steps];
}

/** Calls with name and arguments beside their id, in the shape of chat completions. */
function callsOf(calls: unknown): unknown {
  if (!Array.isArray(calls)) return calls;
  return calls.map((call) => {
    if (!isObject(call)) return call;
    const { id, name, arguments: args } = call;
    return { id, function: { name, arguments: args } };
  });
}

/** What the simulated user says and calls. */
function ofUser(message: Message, index: number): Step[] {
  return chatSteps({ ...message, role: 'assistant' }, index).map(
    (step) =>
      step.type === 'message'
        ? ({ ...step, role: 'user' } as MessageStep) // the step of a message
        : ({ ...step, actor: 'user' } as Step), // a call with an actor
  );
}

function resultStep({ id, content, error, requestor }: Message): ToolResultStep {
  return {
    type: 'tool_result',
    id: typeof id === 'string' ? id : null,
    ...(requestor === 'user' && { actor: 'user' }),
    ...(error === true ? { error: { message: content } } : { result: content ?? null }),
  };
}

/** What is known of the exchange with the model that a message came from; null where that is nothing. */
function exchangeOf({ usage, cost }: Message, model: string | null): ModelStep | null {
  if (!isObject(usage)) return null;
  const { prompt_tokens: read, completion_tokens: written } = usage;
  return {
    type: 'model',
    ...(model !== null && { model }),
    usage: {
      ...(isFigure(read) && { input_tokens: read }),
      ...(isFigure(written) && { output_tokens: written }),
    },
    ...(isFigure(cost) && { cost_usd: cost }),
  };
}

function isFigure(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

/** Steps with their time since the start, where the message tells it. */
function timed(steps: Step[], { timestamp }: Message, { start }: Setting): Step[] {
  const at = typeof timestamp === 'string' ? Date.parse(timestamp) - start : Number.NaN;
  return at >= 0 ? steps.map((step) => ({ ...step, at_ms: at })) : steps;
}
