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

interface Item {
  readonly role: string;
  readonly text: string;
  readonly results: readonly HandedResult[];
}

/** Reads a request for a response. Throws `RefusedRequest`. */
export function readResponsesRequest(body: unknown): RequestFacts {
  const fields = fieldsAt(body, '');
  const items = itemsOf(fields['input']);
  const users = items.filter(({ role, text }) => role === 'user' && text !== '');
  const system = items.filter(({ role }) => role === 'system' || role === 'developer');
  const instructions = spokenAt(fields['instructions'], 'instructions');
  return {
    model: nameAt(fields['model'], 'model'),
    stream: flagAt(fields['stream'], 'stream'),
    includeUsage: true,
    system: joined([instructions, ...system.map(({ text }) => text)]),
    lastUserText: users.at(-1)?.text ?? null,
    toolNames: namesOf(fields['tools']),
    results: items.flatMap(({ results }) => results),
  };
}

function itemsOf(input: unknown): readonly Item[] {
  if (typeof input === 'string') return [{ role: 'user', text: input, results: [] }];
  if (!Array.isArray(input)) return refuse('input', 'text or a list of items');
  return input.map((value, index) => itemAt(value, `input[${index}]`));
}

/** Items of other kinds than messages and results, calls among them, say nothing that is asked here. */
function itemAt(value: unknown, place: string): Item {
  const fields = fieldsAt(value, place);
  const { role } = fields;
  const type = nameAt(
    fields['type'] ?? (role === undefined ? undefined : 'message'),
    `${place}.type`,
  );
  if (type === 'message') {
    const text = spokenAt(fields['content'], `${place}.content`);
    return { role: nameAt(role, `${place}.role`), text, results: [] };
  }
  return {
    role: '',
    text: '',
    results: type.endsWith('_call_output') ? [handed(fields, place)] : [],
  };
}

function handed(fields: Readonly<Record<string, unknown>>, place: string): HandedResult {
  const { output } = fields;
  const plain = typeof output === 'string' || Array.isArray(output);
  return {
    id: nameAt(fields['call_id'], `${place}.call_id`),
    content: plain ? handedAt(output, `${place}.output`) : output, // hosted tools hand back objects
  };
}

/** Hosted tools, such as a web search, have no name of their own. */
function namesOf(tools: unknown): string[] {
  return listAt(tools, 'tools').flatMap((value, index) => {
    const { type, name } = fieldsAt(value, `tools[${index}]`);
    if (type !== 'function' && name === undefined) return [];
    return nameAt(name, `tools[${index}].name`);
  });
}
