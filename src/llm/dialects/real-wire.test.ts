import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Dialect } from '../../model/exchange.ts';
import { assembleChat, assembleMessage, assembleResponse } from './assemble.test-support.ts';
import type { StreamEvent } from './dialect-codec.ts';
import { dialects } from './dialects.ts';

/** Traffic of real endpoints, where it lies beside the project. */
const data = fileURLToPath(new URL('../../../../shared/data/traces/', import.meta.url));

interface Exchange {
  request: { body: string; uri: string };
  response: { body: { string: string } };
}

function exchangesOf(file: string, uri: string): Exchange[] {
  const { interactions } = parse(readFileSync(path.join(data, file), 'utf8'));
  return interactions.filter((one: Exchange) => one.request.uri.endsWith(uri));
}

function eventsOf(text: string): StreamEvent[] {
  return text.split(/\r?\n\r?\n/).flatMap((block) => {
    const event = /^event: (.*)$/m.exec(block)?.[1];
    const found = /^data: (.*)$/m.exec(block)?.[1];
    if (found === undefined || event === 'ping') return [];
    return { ...(event && { event }), data: found === '[DONE]' ? found : JSON.parse(found) };
  });
}

/** The types of events without repeats side by side: how finely text is cut is no part of the protocol. */
function orderOf(events: Iterable<StreamEvent>): (string | undefined)[] {
  const names = [...events].map(({ event }) => event);
  return names.filter((name, index) => name !== names[index - 1]);
}

function streamed(dialect: Dialect, body: unknown): StreamEvent[] {
  return [...dialects[dialect].streamOf(body, { includeUsage: true })];
}

describe.runIf(existsSync(data))('dialects', () => {
  it('read real chat completions with calls side by side, and stream them alike', () => {
    const exchanges = exchangesOf(
      'openai-wire/chat_stream_parallel_tools.vcr.yaml',
      '/completions',
    );
    expect(exchanges.length).toBeGreaterThan(0);
    for (const { request, response } of exchanges) {
      const facts = dialects.chat.readRequest(JSON.parse(request.body));
      expect(facts).toMatchObject({ stream: true, toolNames: ['get_current_weather'] });
      const events = eventsOf(response.body.string);
      const body = assembleChat(events);
      const { calls } = dialects.chat.readReply(body);
      expect(calls.map(({ args }) => args)).toEqual(
        ['San Francisco', 'Boston'].map((city) => ({ location: expect.stringContaining(city) })),
      );
      expect(assembleChat(streamed('chat', body))).toEqual(body);
    }
  });

  it.each([
    'openai-agents-cassette/music_handoff.vcr.yaml',
    'openai-agents-cassette/router_handoff_tools.vcr.yaml',
  ])('read real responses and stream them in the same order: %s', (file) => {
    const exchanges = exchangesOf(file, '/v1/responses');
    expect(exchanges.length).toBeGreaterThan(0);
    for (const { request, response } of exchanges) {
      const facts = dialects.responses.readRequest(JSON.parse(request.body));
      expect(facts.stream).toBe(true);
      expect(facts.lastUserText).not.toBe(null);
      const events = eventsOf(response.body.string);
      const body = assembleResponse(events);
      const last = events.at(-1)?.data as { response: unknown };
      expect(body).toEqual(last.response);
      const turn = dialects.responses.readReply(body);
      expect(turn.usage?.input_tokens).toBeGreaterThan(0);
      expect(turn.say !== null || turn.calls.length > 0).toBe(true);
      expect(orderOf(streamed('responses', body))).toEqual(orderOf(events));
    }
  });

  it('read a real message that thinks, speaks and calls, and stream it in the same order', () => {
    const file = path.join(data, 'anthropic-wire/thinking_tool_use_streaming.json');
    const events = eventsOf(JSON.parse(readFileSync(file, 'utf8')).body);
    const body = assembleMessage(events);
    expect(dialects.messages.readReply(body)).toEqual({
      model: 'claude-sonnet-4-6',
      say: 'Sure! Let me check the weather in San Francisco for you!',
      calls: [
        {
          id: 'toolu_01X1PSFUkNua9EZHLVHwy6T4',
          tool: 'get_weather',
          args: { location: 'San Francisco' },
        },
      ],
      usage: { input_tokens: 596, output_tokens: 99 },
    });
    expect(orderOf(streamed('messages', body))).toEqual(orderOf(events));
    expect(assembleMessage(streamed('messages', body))).toEqual(body);
  });
});
