import type { LiveCall, Session } from '../live/session.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import type { AgentSupport } from './agent.ts';
import type { AgentMessage } from './agent-messages.ts';
import { lastSaid } from './last-said.ts';
import { AgentBroke } from './talk.ts';

/** What an agent is told in return for a message. */
export type MessageReply = Readonly<Record<string, unknown>> & { readonly type: string };

/** Records what a message says and does what it asks for; gives what the agent is to be told. Throws `AgentBroke` where the agent says that it failed, and `TrialHalted`. */
export async function hearMessage(
  session: Session,
  message: AgentMessage,
  costOf: AgentSupport['costOf'],
): Promise<readonly MessageReply[]> {
  switch (message.type) {
    case 'tool_call':
      return [resultOf(message, await session.callTool(callOf(message)))];
    case 'tool_calls': {
      const answers = await session.callTools(message.calls.map(callOf));
      return message.calls.map((call, at) => resultOf(call, answers[at] as ToolAnswer)); // as many of both
    }
    case 'approval_request':
      return [{ type: 'approval', id: message.id, ...(await session.requestApproval(message)) }];
    case 'error':
      throw new AgentBroke(`The agent reported an error: ${message.message.slice(0, 1000)}`);
    case 'done':
      return [];
    case 'answer':
      if (lastSaid(session.steps) === message.content) return []; // an endpoint saw it already
      session.record(stepOf(message, costOf));
      return [];
    default:
      session.record(stepOf(message, costOf));
      return [];
  }
}

/** One call in a message. */
export type MessageCall = Pick<
  Extract<AgentMessage, { type: 'tool_call' }>,
  'id' | 'tool' | 'args' | 'actor'
>;

function callOf({ id, tool, args = {}, actor }: MessageCall): LiveCall {
  return { tool, args, ...(id !== undefined && { id }), ...(actor !== undefined && { actor }) };
}

function resultOf({ id, tool }: MessageCall, answer: ToolAnswer): MessageReply {
  return { type: 'tool_result', ...(id !== undefined && { id }), tool, ...answer };
}

type Told = Extract<AgentMessage, { type: 'message' | 'answer' | 'handoff' | 'model' }>;

function stepOf(message: Told, costOf: AgentSupport['costOf']) {
  if (message.type === 'handoff') {
    return { type: 'handoff', from: message.from, to: message.to } as const;
  }
  const actor = message.actor === undefined ? {} : { actor: message.actor };
  if (message.type !== 'model') {
    return { type: 'message', role: 'assistant', content: message.content, ...actor } as const;
  }
  const { model, usage } = message;
  const cost = message.cost_usd ?? costOfTold(message, costOf);
  return {
    type: 'model',
    ...(model !== undefined && { model }),
    ...(usage && { usage }),
    ...(cost !== null && { cost_usd: cost }),
    ...actor,
  } as const;
}

function costOfTold(
  { model, usage }: Extract<Told, { type: 'model' }>,
  costOf: AgentSupport['costOf'],
): number | null {
  const { input_tokens, output_tokens, cached_tokens } = usage ?? {};
  if (model === undefined || input_tokens === undefined || output_tokens === undefined) return null;
  const cached = cached_tokens === undefined ? {} : { cached_tokens };
  return costOf(model, { input_tokens, output_tokens, ...cached });
}
