import { isObject } from '../../json/object.ts';
import type { HandedResult } from '../../model/exchange.ts';
import type { RequestFacts } from './dialect-codec.ts';
import { fieldsAt, flagAt, handedAt, listAt, nameAt, refuse, spokenAt } from './request-fields.ts';

/** Reads a request for an Anthropic message. Throws `RefusedRequest`. */
export function readMessagesRequest(body: unknown): RequestFacts {
  const fields = fieldsAt(body, '');
  const model = nameAt(fields['model'], 'model');
  const messages = listAt(fields['messages'], 'messages').map((value, index) => {
    const place = `messages[${index}]`;
    const message = fieldsAt(value, place);
    const role = nameAt(message['role'], `${place}.role`);
    const { content } = message;
    if (content === undefined || content === null) refuse(`${place}.content`, 'text or blocks');
    const text = spokenAt(content, `${place}.content`);
    return { role, text, results: resultsIn(content, `${place}.content`) };
  });
  if (messages.length === 0) refuse('messages', 'a list of at least one message');
  const users = messages.filter(({ role, text }) => role === 'user' && text !== '');
  return {
    model,
    stream: flagAt(fields['stream'], 'stream'),
    includeUsage: true,
    system: spokenAt(fields['system'], 'system') || null,
    lastUserText: users.at(-1)?.text ?? null,
    toolNames: listAt(fields['tools'], 'tools').map((value, index) =>
      nameAt(fieldsAt(value, `tools[${index}]`)['name'], `tools[${index}].name`),
    ),
    results: messages.flatMap(({ results }) => results),
  };
}

function resultsIn(content: unknown, place: string): HandedResult[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((block, index) => {
    if (!isObject(block) || block['type'] !== 'tool_result') return [];
    const at = `${place}[${index}]`;
    return {
      id: nameAt(block['tool_use_id'], `${at}.tool_use_id`),
      content: handedAt(block['content'], `${at}.content`),
      isError: flagAt(block['is_error'], `${at}.is_error`),
    };
  });
}
