import type { Step } from '../../model/trajectory.ts';
import { recordFault } from '../each-record.ts';
import { type AdkResponse, saidIn } from './adk-content.ts';
import type { AdkInvocation } from './adk-evalset-record.ts';
import { callStep, type EventFrame, eventSteps, resultStep } from './adk-event-steps.ts';

/** The steps of one turn of an expected conversation. Throws `input_fault`. */
export function invocationSteps(invocation: AdkInvocation, turn: number): Step[] {
  const { user_content, final_response, intermediate_data } = invocation;
  const frame = { turn };
  const asked = saidIn(user_content.parts ?? []) ?? '';
  const answer = saidIn(final_response?.parts ?? []);
  return [
    { type: 'message', role: 'user', content: asked, ...frame },
    ...intermediateSteps(intermediate_data ?? {}, frame),
    ...(answer === null
      ? []
      : [{ type: 'message' as const, role: 'assistant' as const, content: answer, ...frame }]),
  ];
}

type Intermediate = NonNullable<AdkInvocation['intermediate_data']>;

function intermediateSteps(data: Intermediate, frame: EventFrame): Step[] {
  const { tool_uses, tool_responses, intermediate_responses, invocation_events } = data;
  if (tool_uses && invocation_events && tool_uses.length > 0 && invocation_events.length > 0) {
    throw recordFault('It has both "tool_uses" and "invocation_events", expected one of them');
  }
  const said = (intermediate_responses ?? []).flatMap(([author, parts]): Step[] => {
    const content = saidIn(parts);
    if (content === null) return [];
    const actor = author === '' ? {} : { actor: author };
    return [{ type: 'message', role: 'assistant', content, ...actor, ...frame }];
  });
  const events = (invocation_events ?? []).flatMap(({ author, content }, index): Step[] => {
    const own = author ? { ...frame, actor: author } : frame;
    const role = author === 'user' ? 'user' : 'assistant';
    const group = `turn-${frame.turn}-event-${index + 1}`;
    return eventSteps(content?.parts ?? [], role, { frame: own, group });
  });
  return [...callsWithResults(tool_uses ?? [], tool_responses ?? [], frame), ...said, ...events];
}

/** Calls, each with the response that has its id, or, without one, the next of its tool. */
function callsWithResults(
  uses: NonNullable<Intermediate['tool_uses']>,
  responses: readonly AdkResponse[],
  frame: EventFrame,
): Step[] {
  const open = new Set(responses);
  const steps = uses.flatMap((use): Step[] => {
    const answer = [...open].find((one) => (use.id ? one.id === use.id : answersByName(one, use)));
    if (answer) open.delete(answer);
    return [
      callStep(use, frame),
      ...(answer ? [resultStep({ ...answer, id: use.id }, use.name, frame)] : []),
    ];
  });
  const [stray] = open;
  if (stray === undefined) return steps;
  const number = responses.indexOf(stray);
  throw recordFault(`Its "tool_responses[${number}]" answers no call of its turn`);
}

function answersByName({ id, name }: AdkResponse, use: { name: string }): boolean {
  return !id && name === use.name;
}
