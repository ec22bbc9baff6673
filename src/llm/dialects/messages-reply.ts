import { isObject } from '../../json/object.ts';
import type { ModelTurn, RequestedCall, TurnUsage } from '../../model/exchange.ts';
import type { ReplyMark } from './dialect-codec.ts';
import {
  isCount,
  replyFields,
  requestedCall,
  requiredList,
  textOr,
  usageOf,
} from './reply-fields.ts';

type Fields = Record<string, unknown>;

/** Blocks that call a tool; but for the first the endpoint runs it. */
const USES: ReadonlySet<unknown> = new Set(['tool_use', 'server_tool_use', 'mcp_tool_use']);

/** Reads a whole Anthropic message. Throws `model_fault`. */
export function readMessagesReply(body: unknown): ModelTurn {
  const fields = replyFields(body, 'its body');
  const blocks = requiredList(fields['content'], 'content');
  const texts = blocks.filter(({ type }) => type === 'text').map(({ text }) => textOr(text));
  const used = blocks.filter(({ type }) => USES.has(type));
  return {
    model: textOr(fields['model']),
    say: texts.join('') || null,
    calls: used.map(({ type, id, name, input }) => ({
      ...requestedCall(id, name, input),
      ...(type !== 'tool_use' && { hosted: true as const }),
    })),
    usage: wholeUsage(fields['usage']),
  };
}

/** Input as this dialect counts it leaves out what was cached; everywhere else it is part of it. */
function wholeUsage(usage: unknown): TurnUsage | null {
  if (!isObject(usage) || !isCount(usage['input_tokens'])) return null;
  const read = usage['cache_read_input_tokens'];
  const cached = [read, usage['cache_creation_input_tokens']].filter(isCount);
  const input = cached.reduce((sum, tokens) => sum + tokens, usage['input_tokens']);
  return usageOf(input, usage['output_tokens'], read);
}

/** Writes a whole Anthropic message; arguments that are no JSON stay text. */
export function writeMessagesReply(turn: ModelTurn, mark: ReplyMark): Fields {
  const said = turn.say === null ? [] : [{ type: 'text', text: turn.say }];
  return {
    id: `msg_${mark.id}`,
    type: 'message',
    role: 'assistant',
    model: turn.model,
    content: [...said, ...turn.calls.map(written)],
    stop_reason: turn.calls.length > 0 ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: writtenUsage(turn.usage ?? { input_tokens: 0, output_tokens: 0 }),
  };
}

function written({ id, tool, args, argsRaw }: RequestedCall): Fields {
  return { type: 'tool_use', id, name: tool, input: argsRaw ?? args ?? {} };
}

function writtenUsage({ input_tokens, output_tokens, cached_tokens = 0 }: TurnUsage): Fields {
  return {
    input_tokens: Math.max(0, input_tokens - cached_tokens),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cached_tokens,
    output_tokens,
    service_tier: 'standard',
  };
}
