import type { ServerResponse } from 'node:http';
import { DONE, type StreamEvent } from '../llm/dialects/dialect-codec.ts';
import { drained } from './send.ts';

const PART = 16 * 1024;
const HEAD = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
};

/** Streams server-sent events, no faster than the client reads them, and ends the answer. */
export async function sendEvents(
  response: ServerResponse,
  events: Iterable<StreamEvent>,
): Promise<void> {
  for (const part of partsOf(events)) {
    if (response.destroyed) return;
    // Only now: an answer that is none throws before its first part, and can still be refused
    if (!response.headersSent) response.writeHead(200, HEAD);
    if (!response.write(part)) await drained(response);
  }
  response.end();
}

function* partsOf(events: Iterable<StreamEvent>): Generator<string> {
  let part = '';
  for (const event of events) {
    part += eventText(event);
    if (part.length < PART) continue;
    yield part;
    part = '';
  }
  yield part;
}

function eventText({ event, data }: StreamEvent): string {
  const text = data === DONE ? DONE : JSON.stringify(data); // JSON has no line ends of its own
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`;
}
