import { isObject } from '../../json/object.ts';
import { DONE, type StreamEvent } from './dialect-codec.ts';
import { pieces } from './pieces.ts';
import { replyFields, replyList, requiredList, textOr } from './reply-fields.ts';

type Fields = Record<string, unknown>;

/** The chunks of a chat completion: role, content, calls by index, reason of the end, tokens where they are wanted. */
export function* streamChat(
  body: unknown,
  wanted: { readonly includeUsage: boolean },
): Generator<StreamEvent> {
  const { choices, usage, ...rest } = replyFields(body, 'its body');
  const head = { ...rest, object: 'chat.completion.chunk' };
  const said = wanted.includeUsage ? { usage: null } : {};
  for (const choice of requiredList(choices, 'choices')) {
    for (const chunk of chunksOf(choice)) yield { data: { ...head, choices: [chunk], ...said } };
  }
  if (wanted.includeUsage) yield { data: { ...head, choices: [], usage: usage ?? null } };
  yield { data: DONE };
}

function* chunksOf(choice: Fields): Generator<Fields> {
  const { message: given, finish_reason, ...place } = choice;
  const { role, content, tool_calls, ...others } = replyFields(given, 'the message of a choice');
  const chunk = (delta: Fields) => ({ ...place, delta, finish_reason: null });
  const text = typeof content === 'string';
  yield chunk({ role, content: text ? '' : (content ?? null), ...others });
  if (text) for (const piece of pieces(content)) yield chunk({ content: piece });
  for (const [index, call] of replyList(tool_calls, 'tool_calls').entries()) {
    for (const delta of deltasOf(call, index)) yield chunk({ tool_calls: [delta] });
  }
  yield { ...place, delta: {}, finish_reason };
}

/** The first delta of a call names it; those after it bring its arguments. */
function* deltasOf(call: Fields, index: number): Generator<Fields> {
  const { function: named } = call;
  if (!isObject(named)) {
    yield { index, ...call };
    return;
  }
  yield { index, ...call, function: { ...named, arguments: '' } };
  for (const piece of pieces(textOr(named['arguments']))) {
    yield { index, function: { arguments: piece } };
  }
}
