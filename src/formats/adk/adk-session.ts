import * as z from 'zod';
import { isObject } from '../../json/object.ts';
import type { Step, Trajectory } from '../../model/trajectory.ts';
import { eachRecord, recordFault } from '../each-record.ts';
import type { Converted, Format, ReadOptions, SourceRecord } from '../format.ts';
import { issueWords } from '../issue-words.ts';
import { stopOf } from '../stop-of.ts';
import { withHandoffs } from '../with-handoffs.ts';
import { AdkContent } from './adk-content.ts';
import { eventSteps, toldErrors } from './adk-event-steps.ts';
import { snakeKeys } from './snake-keys.ts';

const AdkEvent = z.looseObject({
  invocation_id: z.string().nullish().describe('Turn that it belongs to'),
  author: z.string().nullish().describe('`user`, or the agent that acted'),
  timestamp: z.number().nullish().describe('Seconds since 1970, or milliseconds'),
  partial: z.boolean().nullish().describe('Piece of an answer that follows whole'),
  content: AdkContent.nullish().describe('What was said or done'),
  error_code: z.string().nullish().describe('Why the model did not answer'),
});
type AdkEvent = z.infer<typeof AdkEvent>;

const AdkSession = z.looseObject({
  id: z.string().nullish().describe('Name of the session'),
  events: z.array(AdkEvent).min(1, { error: 'a list with an event at least' }),
});

/** Sessions that Google ADK saved: the events of one conversation. */
export const adkSession: Format = {
  key: 'adk-session',
  words: 'Sessions that Google ADK saved',
  detect: (values) => (values.some(isSession) ? 0.9 : 0),
  read: (records, options) =>
    eachRecord(records, (value, record) => converted(value, record, options)),
};

function isSession(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value['events'])) return false;
  return value['events'].some(
    (event) => isObject(event) && typeof event['author'] === 'string' && 'content' in event,
  );
}

function converted(value: unknown, record: SourceRecord, options: ReadOptions): Converted {
  const told = snakeKeys(value);
  const { success, data, error } = AdkSession.safeParse(told);
  if (!success) throw recordFault(issueWords(error, told));
  const events = data.events.filter(({ partial, options: own }) => !(partial || isPartial(own)));
  const steps = withHandoffs(stepsOf(events));
  if (steps.length === 0)
    throw recordFault('Its "events" tell nothing, expected messages or calls');
  const failed = events.at(-1)?.error_code;
  const trajectory: Trajectory = {
    schema_version: 1,
    task: options.task ?? (data.id || `${options.file}#${record.line}`),
    agent: options.agent,
    trial: 1,
    steps,
    stop: failed ? null : stopOf(steps),
    source: { format: 'adk-session', file: options.file, index: record.index },
  };
  return { trajectory, unnumbered: true };
}

function isPartial(options: unknown): boolean {
  return isObject(options) && options['partial'] === true;
}

function stepsOf(events: readonly AdkEvent[]): Step[] {
  const turns = new Map<string, number>();
  const start = events.find(({ timestamp }) => typeof timestamp === 'number')?.timestamp ?? null;
  return events.flatMap(({ invocation_id, author, timestamp, content }, index) => {
    const id = invocation_id ?? '';
    if (id !== '' && !turns.has(id)) turns.set(id, turns.size + 1);
    const turn = turns.get(id);
    const isUser = author === 'user' || (!author && content?.role === 'user');
    const frame = {
      ...(turn !== undefined && { turn }),
      ...(start !== null && typeof timestamp === 'number' && { at_ms: since(start, timestamp) }),
      ...(author && !isUser && { actor: author }),
    };
    const role = isUser ? 'user' : 'assistant';
    const steps = eventSteps(content?.parts ?? [], role, { frame, group: `event-${index + 1}` });
    return steps.map((step) => (step.type === 'tool_result' ? toldErrors(step as never) : step));
  });
}

/** Python writes seconds, JavaScript milliseconds. */
function since(start: number, time: number): number {
  return Math.max(0, Math.round((time - start) * (start > 1e11 ? 1 : 1000)));
}
