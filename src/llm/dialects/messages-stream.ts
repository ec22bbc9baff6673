import { isObject } from '../../json/object.ts';
import type { StreamEvent } from './dialect-codec.ts';
import { pieces } from './pieces.ts';
import { replyFields, requiredList, textOr } from './reply-fields.ts';

type Fields = Record<string, unknown>;

/** The events of an Anthropic message: its head, its blocks one after the other, its end with the tokens. */
export function* streamMessages(body: unknown): Generator<StreamEvent> {
  for (const data of eventsOf(replyFields(body, 'its body'))) {
    yield { event: textOr(data['type']), data };
  }
}

function* eventsOf(body: Fields): Generator<Fields> {
  const { content, stop_reason = null, stop_sequence = null, usage: said } = body;
  const blocks = requiredList(content, 'content');
  const usage = isObject(said) ? said : {};
  const ended = { stop_reason: null, stop_sequence: null, usage: { ...usage, output_tokens: 0 } };
  yield { type: 'message_start', message: { ...body, content: [], ...ended } };
  for (const [index, block] of blocks.entries()) {
    const [start, deltas] = begun(block);
    yield { type: 'content_block_start', index, content_block: start };
    for (const delta of deltas) yield { type: 'content_block_delta', index, delta };
    yield { type: 'content_block_stop', index };
  }
  yield { type: 'message_delta', delta: { stop_reason, stop_sequence }, usage };
  yield { type: 'message_stop' };
}

/** A block as it starts, and what is added to it; a kind that is not known starts whole. */
function begun(block: Fields): [Fields, Fields[]] {
  switch (block['type']) {
    case 'text': {
      const added = pieces(textOr(block['text']));
      return [{ ...block, text: '' }, added.map((text) => ({ type: 'text_delta', text }))];
    }
    case 'tool_use':
    case 'server_tool_use': {
      const { input = {} } = block;
      const text = typeof input === 'string' ? input : JSON.stringify(input);
      const added = ['', ...pieces(text)];
      return [
        { ...block, input: {} },
        added.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
      ];
    }
    case 'thinking': {
      const { signature } = block;
      const added = pieces(textOr(block['thinking']));
      const deltas: Fields[] = added.map((thinking) => ({ type: 'thinking_delta', thinking }));
      if (typeof signature === 'string') deltas.push({ type: 'signature_delta', signature });
      return [{ ...block, thinking: '', signature: '' }, deltas];
    }
    default:
      return [block, []];
  }
}
