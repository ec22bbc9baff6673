import type { StreamEvent } from './dialect-codec.ts';
import { pieces } from './pieces.ts';
import { replyFields, replyList, requiredList, textOr } from './reply-fields.ts';

type Fields = Record<string, unknown>;

/** The numbered events of a response: its head, its items one after the other, the whole of it. */
export function* streamResponses(body: unknown): Generator<StreamEvent> {
  let sequence_number = 0;
  for (const { type, ...rest } of eventsOf(replyFields(body, 'its body'))) {
    yield { event: textOr(type), data: { type, sequence_number, ...rest } };
    sequence_number += 1;
  }
}

function* eventsOf(body: Fields): Generator<Fields> {
  const items = requiredList(body['output'], 'output');
  const started = { ...body, status: 'in_progress', output: [], usage: null };
  yield { type: 'response.created', response: started };
  yield { type: 'response.in_progress', response: started };
  for (const [output_index, item] of items.entries()) {
    yield { type: 'response.output_item.added', output_index, item: begun(item) };
    for (const event of withinItem(item)) {
      yield { ...event, item_id: item['id'] ?? '', output_index };
    }
    yield { type: 'response.output_item.done', output_index, item };
  }
  yield { type: endOf(body['status']), response: body };
}

function endOf(status: unknown): string {
  return status === 'incomplete' || status === 'failed'
    ? `response.${status}`
    : 'response.completed';
}

/** An item as it is first seen; a kind that is not known is whole from the start. */
function begun(item: Fields): Fields {
  switch (item['type']) {
    case 'message':
      return { ...item, status: 'in_progress', content: [] };
    case 'function_call':
      return { ...item, status: 'in_progress', arguments: '' };
    case 'custom_tool_call':
      return { ...item, input: '' };
    default:
      return item;
  }
}

function* withinItem(item: Fields): Generator<Fields> {
  if (item['type'] === 'message') {
    const parts = replyList(item['content'], 'the content of a message');
    for (const [content_index, part] of parts.entries()) yield* withinPart(part, content_index);
  } else if (item['type'] === 'function_call') {
    const text = textOr(item['arguments']);
    const type = 'response.function_call_arguments';
    for (const delta of pieces(text)) yield { type: `${type}.delta`, delta };
    yield { type: `${type}.done`, name: item['name'], arguments: text };
  } else if (item['type'] === 'custom_tool_call') {
    const input = textOr(item['input']);
    const type = 'response.custom_tool_call_input';
    for (const delta of pieces(input)) yield { type: `${type}.delta`, delta };
    yield { type: `${type}.done`, input };
  }
}

function* withinPart(part: Fields, content_index: number): Generator<Fields> {
  const refused = part['type'] === 'refusal';
  const key = refused ? 'refusal' : 'text';
  const type = refused ? 'response.refusal' : 'response.output_text';
  const logprobs = refused ? {} : { logprobs: [] };
  const text = textOr(part[key]);
  yield { type: 'response.content_part.added', content_index, part: { ...part, [key]: '' } };
  for (const delta of pieces(text))
    yield { type: `${type}.delta`, content_index, delta, ...logprobs };
  yield { type: `${type}.done`, content_index, [key]: text, ...logprobs };
  yield { type: 'response.content_part.done', content_index, part };
}
