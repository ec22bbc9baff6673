import { isObject } from '../../json/object.ts';
import type { HandedResult } from '../../model/exchange.ts';
import type { RequestFacts } from './dialect-codec.ts';
import {
  fieldsAt,
  flagAt,
  handedAt,
  joined,
  listAt,
  nameAt,
  refuse,
  spokenAt,
} from './request-fields.ts';

interface Said {
  readonly place: string;
  readonly role: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Reads a request for a chat completion. Throws `RefusedRequest`. */
export function readChatRequest(body: unknown): RequestFacts {
  const fields = fieldsAt(body, '');
  const model = nameAt(fields['model'], 'model');
  const messages = listAt(fields['messages'], 'messages').map(saidAt);
  if (messages.length === 0) refuse('messages', 'a list of at least one message');
  const users = messages.filter(({ role, text }) => role === 'user' && text !== '');
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer');
  return {
    model,
    stream: flagAt(fields['stream'], 'stream'),
    includeUsage: wantsUsage(fields['stream_options']),
    system: joined(system.map(({ text }) => text)),
    lastUserText: users.at(-1)?.text ?? null,
    toolNames: namesOf(fields),
    results: messages.flatMap(handedBy),
  };
}

function saidAt(value: unknown, index: number): Said {
  const place = `messages[${index}]`;
  const fields = fieldsAt(value, place);
  const role = nameAt(fields['role'], `${place}.role`);
  return { place, role, fields, text: spokenAt(fields['content'], `${place}.content`) };
}

/** Messages of the role `function`, which came before tools, have no id. */
function handedBy({ place, role, fields }: Said): HandedResult[] {
  if (role !== 'tool' && role !== 'function') return [];
  const id = role === 'tool' ? nameAt(fields['tool_call_id'], `${place}.tool_call_id`) : '';
  return [{ id, content: handedAt(fields['content'], `${place}.content`) }];
}

function wantsUsage(options: unknown): boolean {
  if (options === undefined || options === null) return false;
  const { include_usage: wanted } = fieldsAt(options, 'stream_options');
  return flagAt(wanted, 'stream_options.include_usage');
}

function namesOf(fields: Readonly<Record<string, unknown>>): string[] {
  const tools = listAt(fields['tools'], 'tools').map((value, index) => {
    const tool = fieldsAt(value, `tools[${index}]`);
    const kind = isObject(tool['custom']) ? 'custom' : 'function';
    const { name } = fieldsAt(tool[kind], `tools[${index}].${kind}`);
    return nameAt(name, `tools[${index}].${kind}.name`);
  });
  const functions = listAt(fields['functions'], 'functions').map((value, index) =>
    nameAt(fieldsAt(value, `functions[${index}]`)['name'], `functions[${index}].name`),
  );
  return [...tools, ...functions];
}
