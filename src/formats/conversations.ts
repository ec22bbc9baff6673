import { isObject } from '../json/object.ts';
import { placeOf } from './each-record.ts';
import type { RecordPlace, SourceRecord } from './format.ts';
import { kindWords } from './kind-words.ts';

/** The messages of one conversation, and what stands beside them. */
export interface Conversation {
  readonly messages: readonly unknown[];
  readonly head: Readonly<Record<string, unknown>>;
}

/** A conversation with the record where it begins, or what cannot be read. */
export type ConversationItem =
  | { record: SourceRecord; conversation: Conversation }
  | (RecordPlace & { fault: string });

/** Messages that stand by themselves and are gathered into one conversation. */
interface Gathering {
  readonly record: SourceRecord;
  readonly messages: unknown[];
}

/** Finds the conversations in a file: messages that follow each other in one list, or line by line, are one. */
export async function* conversations(
  records: AsyncIterable<SourceRecord>,
): AsyncGenerator<ConversationItem> {
  let gathering: Gathering | null = null;
  let torn: SourceRecord | null = null;
  for await (const record of records) {
    if (gathering !== null && gathering.record.array !== record.array) {
      yield gathered(gathering, torn);
      gathering = null;
    }
    if (torn?.array !== record.array) torn = null;
    if ('fault' in record) {
      torn ??= record;
      yield { ...placeOf(record), fault: record.fault };
    } else if (isLoneMessage(record.value)) {
      gathering ??= { record, messages: [] };
      gathering.messages.push(record.value);
    } else {
      yield whole(record, record.value);
    }
  }
  if (gathering !== null) yield gathered(gathering, torn);
}

function isLoneMessage(value: unknown): boolean {
  return isObject(value) && typeof value['role'] === 'string' && !Object.hasOwn(value, 'messages');
}

/** A conversation of which a part cannot be read is none: what is missing may be the call that matters. */
function gathered({ record, messages }: Gathering, torn: SourceRecord | null): ConversationItem {
  // Its messages are the records: none of them stands for it
  if (torn === null)
    return { record: { ...record, array: null }, conversation: { messages, head: {} } };
  return {
    line: record.line,
    fault: `The conversation was left out: its line ${torn.line} cannot be read`,
  };
}

function whole(record: SourceRecord, value: unknown): ConversationItem {
  const place = placeOf(record);
  if (Array.isArray(value)) return { record, conversation: { messages: value, head: {} } };
  if (!isObject(value))
    return { ...place, fault: `It is ${kindWords(value)}, expected an object with messages` };
  const { messages, choices } = value;
  if (!Array.isArray(messages)) {
    return { ...place, fault: `Its messages is ${kindWords(messages)}, expected a list` };
  }
  if (choices === undefined || choices === null)
    return { record, conversation: { messages, head: value } };
  const [choice, ...others] = Array.isArray(choices) ? choices : [];
  if (!isObject(choice) || others.length > 0) {
    return { ...place, fault: 'Its choices are not one, so that its last message cannot be told' };
  }
  const head = { ...value, finish_reason: choice['finish_reason'] };
  return { record, conversation: { messages: [...messages, choice['message']], head } };
}
