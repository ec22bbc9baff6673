import { isObject } from '../json/object.ts';
import type { Step, Trajectory } from '../model/trajectory.ts';
import { modelStep } from './chat-model.ts';
import { chatSteps } from './chat-steps.ts';
import { type Conversation, type ConversationItem, conversations } from './conversations.ts';
import { convertRecord, recordFault } from './each-record.ts';
import type { Converted, Format, FormatItem, ReadOptions, SourceRecord } from './format.ts';
import { numberedInLine } from './numbered-in-line.ts';

/**
 * Chat completions of OpenAI and of servers that speak like it. A file is a list of messages, an object with
 * `messages` (and perhaps `choices`, the answer to them), a list of such objects or of such lists, or JSONL of any
 * of these; messages that are lines of their own are one conversation. Beside `messages` are read: `task_id`,
 * `custom_id` or `id` for the task, `trial`, `model`, `usage`, `cost` and `finish_reason`.
 */
export const openaiChat: Format = {
  key: 'openai-chat',
  words: 'Messages with tool calls, as chat completions have them',
  detect: (values) => (values.some(isConversation) || values.some(isMessage) ? 0.5 : 0),
  read: async function* (records, options) {
    for await (const { item, number } of numberedInLine(conversations(records), lineOf)) {
      if ('fault' in item) yield item;
      else yield formatItem(item.record, item.conversation, { ...options, number });
    }
  },
};

/** Options with the number of a conversation among those in its line. */
type Options = ReadOptions & { readonly number: number | null };

function lineOf(item: ConversationItem): number {
  return 'fault' in item ? item.line : item.record.line;
}

function formatItem(
  record: SourceRecord,
  conversation: Conversation,
  options: Options,
): FormatItem {
  const { messages, head } = conversation;
  const origin = Object.keys(head).length === 0 ? messages : head;
  return convertRecord(record, origin, () => converted(conversation, record, options));
}

function isConversation(value: unknown): boolean {
  const messages = Array.isArray(value) ? value : isObject(value) ? value['messages'] : null;
  return Array.isArray(messages) && isMessage(messages[0]);
}

function isMessage(value: unknown): boolean {
  if (!isObject(value) || typeof value['role'] !== 'string') return false;
  return ['content', 'tool_calls', 'function_call'].some((key) => Object.hasOwn(value, key));
}

function converted(
  { messages, head }: Conversation,
  { line, index }: SourceRecord,
  { file, agent, task, number }: Options,
): Converted {
  if (messages.length === 0) throw recordFault('It has no messages');
  const id = [head['task_id'], head['custom_id'], head['id']].find(isName);
  const place = number === null ? line : `${line}.${number}`;
  const trial = trialOf(head);
  const trajectory: Trajectory = {
    schema_version: 1,
    task: task ?? (id === undefined ? `${file}#${place}` : String(id)),
    agent,
    trial: trial ?? 1,
    steps: stepsOf(messages, head),
    ...stopOf(messages, head),
    source: { format: 'openai-chat', file, index },
  };
  return { trajectory, ...(trial === null && { unnumbered: true }) };
}

function trialOf({ trial }: Conversation['head']): number | null {
  return typeof trial === 'number' && Number.isInteger(trial) && trial > 0 ? trial : null;
}

function isName(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/** Steps of all messages. A model step stands before each assistant message where anything is known of one; figures of the whole record stand at the last. */
function stepsOf(messages: readonly unknown[], head: Conversation['head']): Step[] {
  const { model, usage, cost, cost_usd } = head;
  const last = messages.findLastIndex(isAssistant);
  return messages.flatMap((message, index) => {
    const steps = chatSteps(message, index);
    if (!isAssistant(message)) return steps;
    const told =
      index === last ? { model, usage, cost, cost_usd, ...message } : { model, ...message };
    const exchange = modelStep(told);
    return exchange === null ? steps : [exchange, ...steps];
  });
}

function isAssistant(message: unknown): message is Record<string, unknown> {
  return isObject(message) && message['role'] === 'assistant';
}

/** How it ended: cut off if it says so, completed if the assistant had the last word, else not known. */
function stopOf(
  messages: readonly unknown[],
  head: Conversation['head'],
): Pick<Trajectory, 'stop' | 'limit'> {
  const last = messages.at(-1);
  if (!isAssistant(last)) return { stop: null };
  const reason = last['finish_reason'] ?? head['finish_reason'];
  if (reason === 'length') return { stop: 'limit', limit: 'tokens' };
  const calls = chatSteps(last, 0).some(({ type }) => type === 'tool_call');
  return { stop: calls || reason === 'content_filter' ? null : 'completed' };
}
