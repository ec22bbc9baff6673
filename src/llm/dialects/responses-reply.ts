import { isObject } from '../../json/object.ts';
import type { ModelTurn, RequestedCall, TurnUsage } from '../../model/exchange.ts';
import type { ReplyMark } from './dialect-codec.ts';
import {
  argumentText,
  replyFields,
  replyList,
  requestedCall,
  requiredList,
  textOr,
  usageOf,
} from './reply-fields.ts';

type Fields = Record<string, unknown>;

/** Reads a whole response. Throws `model_fault`. */
export function readResponsesReply(body: unknown): ModelTurn {
  const fields = replyFields(body, 'its body');
  const items = requiredList(fields['output'], 'output');
  const usage = isObject(fields['usage']) ? fields['usage'] : {};
  const details = isObject(usage['input_tokens_details']) ? usage['input_tokens_details'] : {};
  const messages = items.filter(({ type }) => type === 'message');
  return {
    model: textOr(fields['model']),
    say: messages.map(({ content }) => saidIn(content)).join('') || null,
    calls: items.flatMap(callIn),
    usage: usageOf(usage['input_tokens'], usage['output_tokens'], details['cached_tokens']),
  };
}

function saidIn(content: unknown): string {
  const parts = replyList(content, 'the content of a message');
  return parts.map(({ text, refusal }) => textOr(text ?? refusal)).join('');
}

function callIn(item: Fields): RequestedCall[] {
  const { type, call_id: id, name } = item;
  if (type === 'function_call') return [requestedCall(id, name, item['arguments'])];
  if (type === 'custom_tool_call') return [{ ...requestedCall(id, name, {}), args: item['input'] }];
  const kind = /^(.+)_call$/.exec(textOr(type))?.[1];
  return kind === undefined ? [] : [hostedCall(kind, item)];
}

/** A call of a tool of the vendor: under its own name where it has one, as those of a remote MCP server do. */
function hostedCall(kind: string, item: Fields): RequestedCall {
  const given = item['arguments'] ?? item['action'] ?? item['queries'] ?? item['code'];
  const called = requestedCall(item['call_id'] ?? item['id'], textOr(item['name']) || kind, given);
  return { ...called, hosted: true };
}

/** Writes a whole response. */
export function writeResponsesReply(turn: ModelTurn, mark: ReplyMark): Fields {
  const message = {
    id: `msg_${mark.id}`,
    type: 'message',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_text', text: turn.say, annotations: [], logprobs: [] }],
  };
  const calls = turn.calls.map((call, index) => ({
    id: `fc_${mark.id}_${index}`,
    type: 'function_call',
    status: 'completed',
    call_id: call.id,
    name: call.tool,
    arguments: argumentText(call),
  }));
  return {
    ...headOf(mark),
    model: turn.model,
    output: turn.say === null ? calls : [message, ...calls],
    usage: turn.usage === null ? null : writtenUsage(turn.usage),
  };
}

function headOf({ id, created }: ReplyMark): Fields {
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: created,
    status: 'completed',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    max_tool_calls: null,
    metadata: {},
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: true,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_logprobs: 0,
    top_p: 1,
    truncation: 'disabled',
    user: null,
  };
}

function writtenUsage({ input_tokens, output_tokens, cached_tokens }: TurnUsage): Fields {
  return {
    input_tokens,
    input_tokens_details: { cached_tokens: cached_tokens ?? 0 },
    output_tokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input_tokens + output_tokens,
  };
}
