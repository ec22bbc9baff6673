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

/** Reads a whole chat completion; of several choices the first counts. Throws `model_fault`. */
export function readChatReply(body: unknown): ModelTurn {
  const fields = replyFields(body, 'its body');
  const [choice] = requiredList(fields['choices'], 'choices');
  const message = replyFields(choice?.['message'], 'choices[0].message');
  const usage = isObject(fields['usage']) ? fields['usage'] : {};
  const details = isObject(usage['prompt_tokens_details']) ? usage['prompt_tokens_details'] : {};
  return {
    model: textOr(fields['model']),
    say: saidIn(message['content']) || textOr(message['refusal']) || null,
    calls: callsOf(message),
    usage: usageOf(usage['prompt_tokens'], usage['completion_tokens'], details['cached_tokens']),
  };
}

function saidIn(content: unknown): string {
  if (typeof content === 'string') return content;
  return replyList(content, 'choices[0].message.content')
    .map((part) => textOr(part['text']))
    .join('');
}

function callsOf(message: Fields): RequestedCall[] {
  const calls = replyList(message['tool_calls'], 'choices[0].message.tool_calls').map((call) => {
    const { custom } = call;
    if (isObject(custom))
      return { ...requestedCall(call['id'], custom['name'], {}), args: custom['input'] };
    const named = replyFields(call['function'], 'the function of a call');
    return requestedCall(call['id'], named['name'], named['arguments']);
  });
  const old = message['function_call']; // what came before tools
  if (!isObject(old)) return calls;
  return [...calls, requestedCall('', old['name'], old['arguments'])];
}

/** Writes a whole chat completion. */
export function writeChatReply(turn: ModelTurn, mark: ReplyMark): Fields {
  const called = turn.calls.length > 0;
  const message = { role: 'assistant', content: turn.say, refusal: null };
  return {
    id: `chatcmpl-${mark.id}`,
    object: 'chat.completion',
    created: mark.created,
    model: turn.model,
    choices: [
      {
        index: 0,
        message: called ? { ...message, tool_calls: turn.calls.map(written) } : message,
        logprobs: null,
        finish_reason: called ? 'tool_calls' : 'stop',
      },
    ],
    ...(turn.usage === null ? {} : { usage: writtenUsage(turn.usage) }),
    system_fingerprint: null,
  };
}

function written(call: RequestedCall): Fields {
  const { id, tool } = call;
  return { id, type: 'function', function: { name: tool, arguments: argumentText(call) } };
}

function writtenUsage({ input_tokens, output_tokens, cached_tokens }: TurnUsage): Fields {
  return {
    prompt_tokens: input_tokens,
    completion_tokens: output_tokens,
    total_tokens: input_tokens + output_tokens,
    prompt_tokens_details: { cached_tokens: cached_tokens ?? 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  };
}
