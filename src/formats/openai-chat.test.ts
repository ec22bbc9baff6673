import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrajectory } from './agentops.ts';
import type { FormatItem, ReadOptions } from './format.ts';
import { openaiChat } from './openai-chat.ts';
import { sourceRecords } from './source-records.ts';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'chat-')), 'log.jsonl');

async function read(content: unknown, options: Partial<ReadOptions> = {}): Promise<FormatItem[]> {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  const items: FormatItem[] = [];
  const all = { file: 'log.jsonl', agent: 'recorded', ...options };
  for await (const item of openaiChat.read(sourceRecords(file), all)) items.push(item);
  return items;
}

/** The only trajectory of a file. */
async function one(content: unknown, options: Partial<ReadOptions> = {}) {
  const [item, ...others] = await read(content, options);
  expect(others).toEqual([]);
  if (item === undefined || 'fault' in item) throw new Error(item?.fault ?? 'nothing was read');
  return item.trajectory;
}

const faultsOf = (items: readonly FormatItem[]) =>
  items.map((item) => ('fault' in item ? `${item.line}: ${item.fault}` : item.trajectory.task));

const user = { role: 'user', content: 'My order 1042 is late.' };
const call = (id: string, args: unknown, name = 'get_order') => ({
  id,
  type: 'function',
  function: { name, arguments: args },
});
const calling = (...tool_calls: unknown[]) => ({ role: 'assistant', content: null, tool_calls });
const answer = { role: 'assistant', content: 'Refunded.' };
const messages = [
  { role: 'system', content: 'Be kind' },
  user,
  calling(call('c1', '{"order_id":"1042"}')),
  { role: 'tool', tool_call_id: 'c1', content: '{"total": 42.5}' },
  answer,
];

describe('openaiChat.read()', () => {
  it('makes steps of messages, calls and results', async () => {
    expect(await one(messages)).toEqual({
      schema_version: 1,
      task: 'log.jsonl#1',
      agent: 'recorded',
      trial: 1,
      steps: [
        { type: 'message', role: 'system', content: 'Be kind' },
        { type: 'message', role: 'user', content: 'My order 1042 is late.' },
        { type: 'tool_call', id: 'c1', tool: 'get_order', args: { order_id: '1042' } },
        { type: 'tool_result', id: 'c1', result: { total: 42.5 } },
        { type: 'message', role: 'assistant', content: 'Refunded.' },
      ],
      stop: 'completed',
      source: { format: 'openai-chat', file: 'log.jsonl', index: 0 },
    });
  });

  it('finds the conversations in every layout of a file', async () => {
    const text = JSON.stringify(messages);
    const record = JSON.stringify({ messages });
    const { steps } = await one(messages);
    for (const [content, count] of [
      [text, 1],
      [JSON.stringify(messages, null, 2), 1],
      [record, 1],
      [JSON.stringify({ messages }, null, 2), 1],
      [`[${record},${record}]`, 2],
      [`[${text},${text}]`, 2],
      [`${record}\n${record}\n${record}`, 3],
      [`${text}\n${text}\n`, 2],
      [messages.map((message) => JSON.stringify(message)).join('\n'), 1],
    ] as const) {
      const items = await read(content);
      expect(items).toHaveLength(count);
      for (const item of items)
        expect('trajectory' in item && item.trajectory.steps).toEqual(steps);
    }
  });

  it('names conversations in one line apart', async () => {
    const record = JSON.stringify({ messages });
    const content = `[${record},5,${JSON.stringify(messages)},\n${record}]`;
    expect(faultsOf(await read(content))).toEqual([
      'log.jsonl#1.1',
      expect.stringContaining('It is 5'),
      ...['log.jsonl#1.3', 'log.jsonl#2'],
    ]);
  });

  it('names tasks as they are told to, by their own ids, or by file and line', async () => {
    const lines = [
      { id: 'a', messages },
      { id: 'a', custom_id: 'b', messages },
      { task_id: 3, custom_id: 'b', messages },
      { messages },
    ];
    const content = lines.map((line) => JSON.stringify(line)).join('\n');
    expect(faultsOf(await read(content))).toEqual(['a', 'b', '3', 'log.jsonl#4']);
    expect(faultsOf(await read(content, { task: 'refund' }))).toEqual(Array(4).fill('refund'));
    expect(await one({ id: 'a', trial: 4, messages }, { agent: 'live' })).toMatchObject({
      agent: 'live',
      trial: 4,
    });
  });

  it.each([
    ['an object in text', '{"a":1}', { args: { a: 1 } }],
    ['an object', { a: 1 }, { args: { a: 1 } }],
    ['a number in text', '5', { args: 5 }],
    ['broken text', '{"a":', { args_missing: 'unparsable', args_raw: '{"a":' }],
    ['empty text', '', { args_missing: 'unparsable', args_raw: '' }],
    [
      'a number that cannot be kept',
      '{"a":1e999}',
      { args_missing: 'unparsable', args_raw: '{"a":1e999}' },
    ],
    ['null', null, { args_missing: 'not_captured' }],
    ['nothing', undefined, { args_missing: 'not_captured' }],
  ])('takes arguments that are %s', async (_what, given, expected) => {
    const { steps } = await one([user, calling(call('c1', given)), answer]);
    expect(steps[1]).toEqual({ type: 'tool_call', id: 'c1', tool: 'get_order', ...expected });
  });

  it('says which calls were made together, and speaks before it calls', async () => {
    const { steps } = await one([
      user,
      { ...calling(call('c1', '{}'), call('c2', '{}')), content: 'Let me look' },
    ]);
    expect(steps.slice(1)).toEqual([
      { type: 'message', role: 'assistant', content: 'Let me look' },
      { type: 'tool_call', id: 'c1', tool: 'get_order', args: {}, parallel: 'm1' },
      { type: 'tool_call', id: 'c2', tool: 'get_order', args: {}, parallel: 'm1' },
    ]);
  });

  it('reads the older form of calls and results, alone or beside the newer', async () => {
    const legacy = {
      role: 'assistant',
      content: null,
      function_call: { name: 'get_order', arguments: '{"n":1}' },
    };
    const result = { role: 'function', name: 'get_order', content: 'late' };
    expect((await one([user, legacy, result])).steps.slice(1)).toEqual([
      { type: 'tool_call', id: null, tool: 'get_order', args: { n: 1 } },
      { type: 'tool_result', id: null, tool: 'get_order', result: 'late' },
    ]);
    const both = { ...legacy, tool_calls: [call('c1', '{"n":1}')] };
    expect((await one([user, both])).steps).toHaveLength(2);
    expect((await one([user, { ...answer, function_call: null, tool_calls: [] }])).stop).toBe(
      'completed',
    );
  });

  it('reads calls of custom tools', async () => {
    const custom = { id: 'c1', type: 'custom', custom: { name: 'sql', input: 'select 1' } };
    expect((await one([user, calling(custom)])).steps[1]).toEqual({
      type: 'tool_call',
      id: 'c1',
      tool: 'sql',
      args: 'select 1',
    });
  });

  it.each([
    ['text of an object', '{"a":[1]}', { result: { a: [1] } }],
    ['text of a list', ' [1, 2]', { result: [1, 2] }],
    ['text of a number', '42', { result: '42' }],
    ['text that only begins like a list', '[late]', { result: '[late]' }],
    [
      'parts of text',
      [
        { type: 'text', text: '{"a"' },
        { type: 'text', text: ':1}' },
      ],
      { result: { a: 1 } },
    ],
    [
      'other parts',
      [{ type: 'image_url', image_url: { url: 'x' } }],
      { result: [{ type: 'image_url', image_url: { url: 'x' } }] },
    ],
    ['null', null, { result: null }],
  ])('takes a result that is %s', async (_what, content, expected) => {
    const { steps } = await one([user, { role: 'tool', tool_call_id: 'c1', content }]);
    expect(steps[1]).toEqual({ type: 'tool_result', id: 'c1', ...expected });
  });

  it('takes the word of a result that it is an error', async () => {
    const { steps } = await one([
      user,
      { role: 'tool', tool_call_id: 'c1', content: 'no such order', status: 'error' },
    ]);
    expect(steps[1]).toEqual({
      type: 'tool_result',
      id: 'c1',
      error: { message: 'no such order' },
    });
  });

  it('keeps content that is more than text as typed parts, reasoning first', async () => {
    const image = { type: 'image_url', image_url: { url: 'https://shop.example/a.png' } };
    const spoken = { id: 'a1', data: 'UklG', transcript: 'Refunded' };
    const { steps } = await one([
      { role: 'user', content: [{ type: 'text', text: 'Look' }, image] },
      { ...answer, reasoning_content: 'It is late' },
      { role: 'assistant', content: null, refusal: 'I cannot' },
      { role: 'assistant', content: null, audio: spoken },
      { role: 'assistant', content: [{ type: 'output_text', text: 'Done' }] },
    ]);
    expect(steps.map((step) => step['content'])).toEqual([
      [{ type: 'text', text: 'Look' }, image],
      [
        { type: 'reasoning', text: 'It is late' },
        { type: 'text', text: 'Refunded.' },
      ],
      [{ type: 'refusal', refusal: 'I cannot' }],
      [{ type: 'audio', text: 'Refunded', audio: spoken }],
      [{ type: 'text', text: 'Done' }],
    ]);
  });

  it.each([
    [{}, 'completed'],
    [{ finish_reason: 'stop' }, 'completed'],
    [{ finish_reason: 'length' }, 'limit'],
    [{ finish_reason: 'content_filter' }, null],
  ])('ends a record with %j as %s', async (head, stop) => {
    expect(await one({ ...head, messages })).toMatchObject({
      stop,
      ...(stop === 'limit' && { limit: 'tokens' }),
    });
  });

  it('does not know the end of what breaks off', async () => {
    expect((await one([user])).stop).toBe(null);
    expect((await one(messages.slice(0, 3))).stop).toBe(null);
    expect((await one(messages.slice(0, 4))).stop).toBe(null);
  });

  it('adds the answer that stands beside the messages', async () => {
    const choices = [{ index: 0, message: answer, finish_reason: 'stop' }];
    const { steps, stop } = await one({ messages: [user], choices });
    expect(steps).toHaveLength(2);
    expect(stop).toBe('completed');
    expect(faultsOf(await read({ messages: [user], choices: [...choices, ...choices] }))).toEqual([
      '1: Its choices are not one, so that its last message cannot be told',
    ]);
  });

  it('tells of each exchange with the model, with the figures of the record at the last', async () => {
    const usage = {
      prompt_tokens: 812,
      completion_tokens: 64,
      total_tokens: 876,
      prompt_tokens_details: { cached_tokens: 10 },
    };
    const { steps } = await one({ model: 'gpt-5-mini', usage, cost: 0.01, messages });
    expect(steps.filter(({ type }) => type === 'model')).toEqual([
      { type: 'model', model: 'gpt-5-mini' },
      {
        type: 'model',
        model: 'gpt-5-mini',
        usage: { input_tokens: 812, output_tokens: 64, cached_tokens: 10 },
        cost_usd: 0.01,
      },
    ]);
    const own = await one([user, { ...answer, usage: { input_tokens: 3, output_tokens: 4 } }]);
    expect(own.steps[1]).toEqual({ type: 'model', usage: { input_tokens: 3, output_tokens: 4 } });
  });

  it.each([
    [{ messages: [] }, 'It has no messages'],
    [{ messages: {} }, 'Its messages is an object, expected a list'],
    [{ id: 'x' }, 'Its messages is nothing, expected a list'],
    ['5', 'It is 5, expected an object with messages'],
    [[[user], []], 'It has no messages'],
    [{ messages: [user, 5] }, 'Message 1 is 5, expected an object'],
    [
      { messages: [{ role: 'ai', content: '' }] },
      'Message 0 has the role "ai", expected system, developer, user, assistant, tool or function',
    ],
    [
      { messages: [{ role: 'user', content: 5 }] },
      'Message 0 (user): Its content is 5, expected a text or a list of parts',
    ],
    [
      { messages: [{ role: 'user', content: [{ text: 'a' }] }] },
      'Message 0 (user): Its content part 0 is an object, expected an object with a type',
    ],
    [
      { messages: [calling('get_order')] },
      'Message 0 (assistant): Its tool call 0 is "get_order", expected an object',
    ],
    [
      { messages: [calling({ id: 'c1' })] },
      'Message 0 (assistant): Its tool call 0 names no function',
    ],
    [
      { messages: [calling(call('c1', '{}', 7 as unknown as string))] },
      'Message 0 (assistant): The name of a called function is 7, expected a text',
    ],
    [
      { messages: [{ role: 'assistant', tool_calls: {} }] },
      'Message 0 (assistant): Its tool_calls is an object, expected a list',
    ],
  ])('refuses %j', async (content, fault) => {
    expect(faultsOf(await read(content))).toContain(`1: ${fault}`);
  });

  it('reads on after a line that is broken', async () => {
    const record = JSON.stringify({ id: 'a', messages });
    const items = faultsOf(
      await read(`${record}\n${record.slice(0, 80)}\n${record}\n{"messages":[]}\n`),
    );
    expect(items).toEqual([
      'a',
      expect.stringMatching(/^2: It is not valid JSON/),
      'a',
      '4: It has no messages',
    ]);
  });

  it('leaves out a conversation of which a message cannot be read', async () => {
    const lines = messages.map((message) => JSON.stringify(message));
    lines[2] = (lines[2] as string).slice(0, 40);
    expect(faultsOf(await read(lines.join('\n')))).toEqual([
      expect.stringMatching(/^3: It is not valid JSON/),
      '1: The conversation was left out: its line 3 cannot be read',
    ]);
    expect(faultsOf(await read(JSON.stringify(messages).slice(0, -1))).at(-1)).toBe(
      '1: The conversation was left out: its line 1 cannot be read',
    );
  });

  it('gives trajectories or faults for anything, and never an empty one', async () => {
    const odd = fc.oneof(
      fc.constantFrom(null, 0, '', 'x', '{}', [], {}),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const message = fc.record(
      {
        role: fc.constantFrom('user', 'assistant', 'tool', 'function', 'system', 'else'),
        content: odd,
        tool_calls: fc.oneof(
          odd,
          fc.array(
            fc.record({
              id: odd,
              function: fc.oneof(
                odd,
                fc.record({ name: fc.constantFrom('get', 5), arguments: odd }),
              ),
            }),
          ),
        ),
        function_call: odd,
        tool_call_id: odd,
        usage: odd,
        refusal: odd,
        reasoning_content: odd,
        audio: odd,
      },
      { requiredKeys: ['role'] },
    );
    const record = fc.oneof(
      odd,
      fc.record(
        {
          messages: fc.oneof(fc.array(fc.oneof(message, message, odd), { maxLength: 4 }), odd),
          choices: odd,
          usage: odd,
          model: odd,
          trial: odd,
        },
        { requiredKeys: ['messages'] },
      ),
      message,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (records, asLines) => {
          const content = asLines
            ? records.map((value) => JSON.stringify(value)).join('\n')
            : JSON.stringify(records);
          const items = await read(content);
          expect(items.length).toBeGreaterThan(0);
          for (const item of items) {
            if ('fault' in item) expect(item.fault).not.toBe('');
            else {
              expect(readTrajectory(item.trajectory)).toHaveProperty('trajectory');
              expect(item.trajectory.steps.length).toBeGreaterThan(0);
            }
          }
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('openaiChat.detect()', () => {
  it('knows conversations and messages from other records', () => {
    expect(openaiChat.detect([{ messages }])).toBeGreaterThan(0);
    expect(openaiChat.detect([messages])).toBeGreaterThan(0);
    expect(openaiChat.detect(messages)).toBeGreaterThan(0);
    expect(
      openaiChat.detect([{ traj: messages }, { role: 'admin' }, null, 5, { messages: [] }]),
    ).toBe(0);
  });
});
