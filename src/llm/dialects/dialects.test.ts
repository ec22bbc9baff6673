import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dialect, type ModelTurn } from '../../model/exchange.ts';
import { assembleChat, assembleMessage, assembleResponse } from './assemble.test-support.ts';
import type { StreamEvent } from './dialect-codec.ts';
import { dialects } from './dialects.ts';
import { pieces } from './pieces.ts';
import { RefusedRequest } from './request-fields.ts';
import { modelTurn } from './turn-arbitrary.test-support.ts';

const mark = { id: 'abc', created: 1_764_000_000 };
const assembled = { chat: assembleChat, responses: assembleResponse, messages: assembleMessage };
const sent = (events: Iterable<StreamEvent>): StreamEvent[] =>
  JSON.parse(JSON.stringify([...events]));

const requests = {
  chat: {
    model: 'gpt-5',
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Where is A1?' }] },
      { role: 'assistant', content: null, tool_calls: [] },
      { role: 'tool', tool_call_id: 'call_1', content: '{"status":"late"}' },
    ],
    tools: [{ type: 'function', function: { name: 'get_order' } }],
  },
  responses: {
    model: 'gpt-5',
    stream: true,
    instructions: 'Be brief.',
    input: [
      { role: 'user', content: [{ type: 'input_text', text: 'Where is A1?' }] },
      { type: 'function_call', call_id: 'call_1', name: 'get_order', arguments: '{}' },
      { type: 'function_call_output', call_id: 'call_1', output: '{"status":"late"}' },
    ],
    tools: [{ type: 'function', name: 'get_order' }, { type: 'web_search' }],
  },
  messages: {
    model: 'gpt-5',
    stream: true,
    max_tokens: 100,
    system: [{ type: 'text', text: 'Be brief.' }],
    messages: [
      { role: 'user', content: 'Where is A1?' },
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 'call_1', name: 'get_order', input: {} }],
      },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'call_1',
            content: [{ type: 'text', text: '{"status":"late"}' }],
          },
        ],
      },
    ],
    tools: [{ name: 'get_order', input_schema: { type: 'object' } }],
  },
} satisfies Record<Dialect, unknown>;

describe.each(Dialect.options)('dialects.%s', (dialect) => {
  const codec = dialects[dialect];

  it('readReply() reads what writeReply() wrote', () => {
    fc.assert(
      fc.property(modelTurn, (turn) => {
        const body = JSON.parse(JSON.stringify(codec.writeReply(turn, mark)));
        expect(codec.readReply(body)).toEqual(JSON.parse(JSON.stringify(turn)));
      }),
    );
  });

  it('streamOf() sends in pieces what adds up to the whole answer', () => {
    fc.assert(
      fc.property(modelTurn, (turn) => {
        const body = JSON.parse(JSON.stringify(codec.writeReply(turn, mark)));
        expect(assembled[dialect](sent(codec.streamOf(body, { includeUsage: true })))).toEqual(
          body,
        );
      }),
    );
  });

  it('readRequest() finds the same facts in every dialect', () => {
    expect(codec.readRequest(requests[dialect])).toEqual({
      model: 'gpt-5',
      stream: true,
      includeUsage: true,
      system: 'Be brief.',
      lastUserText: 'Where is A1?',
      toolNames: ['get_order'],
      results: [
        {
          id: 'call_1',
          content: '{"status":"late"}',
          ...(dialect === 'messages' ? { isError: false } : {}),
        },
      ],
    });
  });

  it('readRequest() refuses what is no request, and never crashes', () => {
    const whole = JSON.stringify(requests[dialect]);
    const hostile = fc.oneof(fc.jsonValue(), fc.constantFrom(null, 0, '', [], {}, [[]], [null]));
    const broken = fc
      .tuple(fc.nat(200), hostile)
      .map(([at, value]) => withValueAt(whole, at, value));
    fc.assert(
      fc.property(fc.oneof(hostile, broken), (body) => {
        try {
          codec.readRequest(body);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(RefusedRequest);
        }
      }),
      { numRuns: 1000 },
    );
    for (const body of [
      null,
      1,
      'x',
      [],
      {},
      { model: 'm' },
      { model: 1, messages: [], input: [] },
    ]) {
      expect(() => codec.readRequest(body)).toThrow(RefusedRequest);
    }
  });

  it('readReply() and streamOf() throw model_fault for what is no answer, and never crash', () => {
    const whole = JSON.stringify(
      codec.writeReply(turnOf({ say: 'Hi', calls: [{ id: 'c', tool: 't' }] }), mark),
    );
    fc.assert(
      fc.property(fc.nat(200), fc.jsonValue(), (at, value) => {
        for (const read of [
          codec.readReply,
          (body: unknown) => [...codec.streamOf(body, { includeUsage: true })],
        ]) {
          try {
            read(withValueAt(whole, at, value));
          } catch (thrown) {
            expect(thrown).toMatchObject({ code: 'model_fault' });
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(() => codec.readReply({})).toThrow('Cannot read the answer of the model: ');
  });

  it('readReply() takes blank arguments for none and keeps what is no JSON as text', () => {
    const calls = ['', '  ', '{"a":', '{"a":1}'].map((argsRaw) => ({
      id: 'c',
      tool: 't',
      argsRaw,
    }));
    const turn = codec.readReply(codec.writeReply(turnOf({ calls }), mark));
    const named = { id: 'c', tool: 't' };
    expect(turn.calls).toEqual([
      { ...named, args: {} },
      { ...named, args: {} },
      { ...named, argsRaw: '{"a":' },
      { ...named, args: { a: 1 } },
    ]);
  });

  it('writeError() says message and code', () => {
    const body = codec.writeError(429, { message: 'Too many', code: 'slow_down' });
    expect(body).toMatchObject({
      error: { message: 'Too many', code: 'slow_down', type: 'rate_limit_error' },
    });
  });
});

describe('streamOf()', () => {
  const turn = turnOf({
    say: 'Looking it up.',
    calls: [{ id: 'call_1', tool: 'get', args: { id: 'A1' } }],
  });

  it('sends no tokens in the chat dialect unless they are wanted', () => {
    const body = dialects.chat.writeReply(turn, mark);
    const events = sent(dialects.chat.streamOf(body, { includeUsage: false }));
    expect(JSON.stringify(events)).not.toContain('usage');
    expect(events.at(-1)).toEqual({ data: '[DONE]' });
  });

  it('numbers the events of a response and names each by its type', () => {
    const events = sent(
      dialects.responses.streamOf(dialects.responses.writeReply(turn, mark), {
        includeUsage: true,
      }),
    );
    const data = events.map((event) => event.data as { type: string; sequence_number: number });
    expect(data.map(({ sequence_number }) => sequence_number)).toEqual(
      data.map((_, index) => index),
    );
    expect(events.map(({ event }) => event)).toEqual(data.map(({ type }) => type));
    expect(new Set(data.map(({ type }) => type))).toEqual(
      new Set([
        'response.created',
        'response.in_progress',
        'response.output_item.added',
        'response.content_part.added',
        'response.output_text.delta',
        'response.output_text.done',
        'response.content_part.done',
        'response.output_item.done',
        'response.function_call_arguments.delta',
        'response.function_call_arguments.done',
        'response.completed',
      ]),
    );
  });

  it('sends what it does not know as it is', () => {
    const thought = { type: 'thinking', thinking: 'Let me see about that.', signature: 'c2lnbg==' };
    const odd = { type: 'web_search_tool_result', content: [] };
    const message = { ...dialects.messages.writeReply(turn, mark), content: [thought, odd] };
    expect(
      assembleMessage(sent(dialects.messages.streamOf(message, { includeUsage: true }))),
    ).toEqual(message);
    const reasoning = {
      id: 'rs_1',
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: 'So.' }],
    };
    const refusal = {
      id: 'm',
      type: 'message',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'refusal', refusal: 'I will not.' }],
    };
    const custom = {
      id: 'ct',
      type: 'custom_tool_call',
      call_id: 'c',
      name: 'shell',
      input: 'ls -la /tmp',
    };
    const response = {
      ...dialects.responses.writeReply(turn, mark),
      output: [reasoning, refusal, custom],
    };
    const events = sent(dialects.responses.streamOf(response, { includeUsage: true }));
    expect(assembleResponse(events)).toEqual(response);
    expect(dialects.responses.readReply(response)).toMatchObject({
      say: 'I will not.',
      calls: [{ id: 'c', tool: 'shell', args: 'ls -la /tmp' }],
    });
  });
});

describe('readReply()', () => {
  it('counts what Anthropic read from its cache and wrote to it as input', () => {
    const body = {
      ...dialects.messages.writeReply(turnOf({}), mark),
      usage: {
        input_tokens: 10,
        cache_read_input_tokens: 200,
        cache_creation_input_tokens: 30,
        output_tokens: 4,
      },
    };
    expect(dialects.messages.readReply(body).usage).toEqual({
      input_tokens: 240,
      output_tokens: 4,
      cached_tokens: 200,
    });
  });

  it('says no tokens where the endpoint said none', () => {
    for (const usage of [
      undefined,
      null,
      3,
      {},
      { prompt_tokens: 3 },
      { prompt_tokens: -1, completion_tokens: 2 },
    ]) {
      const body = { ...dialects.chat.writeReply(turnOf({}), mark), usage };
      expect(dialects.chat.readReply(body).usage).toBe(null);
    }
  });
});

describe('pieces()', () => {
  it('parts text at few places and no character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const cut = pieces(text);
        expect(cut.join('')).toBe(text);
        expect(cut.length).toBeLessThanOrEqual(4);
        for (const piece of cut) expect(piece).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
      }),
    );
  });
});

function turnOf(turn: Partial<ModelTurn>): ModelTurn {
  return { model: 'm', say: null, calls: [], usage: null, ...turn };
}

/** Puts a value in the place of the nth one inside. */
function withValueAt(json: string, nth: number, value: unknown): unknown {
  let seen = 0;
  return JSON.parse(json, (_, was) => {
    seen += 1;
    return seen === nth + 1 ? value : was;
  });
}

describe('readReply() tells calls that the endpoint ran itself', () => {
  it('of responses', () => {
    const output = [
      { type: 'web_search_call', id: 'ws_1', action: { type: 'search', query: 'x' } },
      { type: 'mcp_call', id: 'mcp_1', name: 'wipe', arguments: '{"all":true}', output: 'ok' },
      { type: 'function_call', call_id: 'c_1', name: 'wipe', arguments: '{}' },
    ];
    expect(dialects.responses.readReply({ output }).calls).toEqual([
      { id: 'ws_1', tool: 'web_search', args: { type: 'search', query: 'x' }, hosted: true },
      { id: 'mcp_1', tool: 'wipe', args: { all: true }, hosted: true },
      { id: 'c_1', tool: 'wipe', args: {} },
    ]);
  });

  it('of messages', () => {
    const content = [
      { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'x' } },
      { type: 'web_search_tool_result', tool_use_id: 's1', content: [] },
      { type: 'mcp_tool_use', id: 'm1', name: 'wipe', input: {} },
      { type: 'tool_use', id: 't1', name: 'wipe', input: {} },
    ];
    expect(dialects.messages.readReply({ content }).calls).toEqual([
      { id: 's1', tool: 'web_search', args: { query: 'x' }, hosted: true },
      { id: 'm1', tool: 'wipe', args: {}, hosted: true },
      { id: 't1', tool: 'wipe', args: {} },
    ]);
  });
});
