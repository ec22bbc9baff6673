import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Halt, TrialHalted } from '../live/session.ts';
import { type FakeAnswers, type FakeSession, fakeSession } from './fake-session.test-support.ts';
import { type LoopbackServer, type Mounted, openServer } from './server.ts';

let server: LoopbackServer;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

function served(answers: FakeAnswers = {}): {
  session: FakeSession;
  mounted: Mounted;
  client: OpenAI;
} {
  const session = fakeSession('0123456789abcdef', answers);
  const mounted = server.mount(session, { models: ['gpt-5'] });
  const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey } = mounted.environment();
  return { session, mounted, client: new OpenAI({ baseURL, apiKey: apiKey ?? '' }) };
}

const post = (url: string, body: unknown) =>
  fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

const user = { role: 'user', content: 'Where is A1?' } as const;
const script = [
  {
    say: 'Let me look that up for you.',
    calls: [{ get_order: { id: 'A1', note: 'päckchen 📦' } }, { ping: {} }],
    usage: { input_tokens: 20, output_tokens: 8, cached_tokens: 5 },
  },
  'It is late.',
];

describe('the gateway, asked by the client of OpenAI,', () => {
  it('answers chat completions whole', async () => {
    const { client, session } = served({ script });
    const body = { model: 'gpt-5', messages: [user] };
    const completion = await client.chat.completions.create(body);
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: 'Let me look that up for you.',
        tool_calls: [
          {
            id: 'call_1',
            function: { name: 'get_order', arguments: '{"id":"A1","note":"päckchen 📦"}' },
          },
          { id: 'call_2', function: { name: 'ping', arguments: '{}' } },
        ],
      },
    });
    expect(session.requests).toEqual([{ dialect: 'chat', body }]);
  });

  it('streams chat completions that add up to the same', async () => {
    const whole = await served({ script }).client.chat.completions.create({
      model: 'gpt-5',
      messages: [user],
    });
    const stream = served({ script }).client.chat.completions.stream({
      model: 'gpt-5',
      messages: [user],
      stream_options: { include_usage: true },
    });
    const { choices, usage } = await stream.finalChatCompletion();
    expect(choices).toMatchObject(JSON.parse(JSON.stringify(whole.choices)));
    expect(usage).toEqual(whole.usage);
  });

  it('answers responses whole, and knows what a response id stands for', async () => {
    const { client, session } = served({ script });
    const first = await client.responses.create({ model: 'gpt-5', input: 'Where is A1?' });
    expect(first.output_text).toBe('Let me look that up for you.');
    const second = await client.responses.create({
      model: 'gpt-5',
      previous_response_id: first.id,
      input: [{ type: 'function_call_output', call_id: 'call_1', output: 'late' }],
    });
    expect(second.output_text).toBe('It is late.');
    const input = session.requests[1]?.body['input'] as { type?: string }[];
    expect(input.map(({ type }) => type)).toEqual([
      undefined,
      'message',
      'function_call',
      'function_call',
      'function_call_output',
    ]);
    await expect(
      client.responses.create({ model: 'gpt-5', previous_response_id: 'resp_0', input: 'Hi' }),
    ).rejects.toThrow('400 Cannot read the request: previous_response_id must be the id');
  });

  it('streams responses whose events its helper accepts', async () => {
    const { client } = served({ script });
    const stream = client.responses.stream({ model: 'gpt-5', input: 'Where is A1?' });
    const seen: string[] = [];
    stream.on('event', ({ type }) => void seen.push(type));
    const response = await stream.finalResponse();
    expect(seen[0]).toBe('response.created');
    expect(seen.at(-1)).toBe('response.completed');
    expect(response.output_text).toBe('Let me look that up for you.');
    expect(response.output.map(({ type }) => type)).toEqual([
      'message',
      'function_call',
      'function_call',
    ]);
    expect(response.usage).toMatchObject({ input_tokens: 20, total_tokens: 28 });
  });

  it('lists the models that it knows', async () => {
    const { client } = served();
    await client.chat.completions.create({ model: 'mini', messages: [user] });
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['gpt-5', 'mini']);
    expect((await client.models.retrieve('openai/o9')).id).toBe('openai/o9');
  });

  it.each([
    [
      { kind: 'limit', limit: 'tool_calls', reason: '5 calls' },
      'the trial reached its ceiling tool_calls (5 calls)',
      'trial_limit',
    ],
    [
      { kind: 'fault', error: new Error('no mock') },
      'the trial ended with an error (no mock)',
      'trial_fault',
    ],
    [{ kind: 'interrupted' }, 'the trial was interrupted', 'trial_interrupted'],
  ] as [Halt, string, string][])(
    'is not asked again once the trial is over: %j',
    async (halt, words, code) => {
      const model = async () => Promise.reject(new TrialHalted(halt, 'over'));
      const { client, session } = served({ model });
      await expect(
        client.chat.completions.create({ model: 'm', messages: [user] }),
      ).rejects.toMatchObject({
        status: 403,
        message: `403 Cannot go on: ${words}`,
        code,
      });
      expect(session.requests).toHaveLength(1);
      expect(session.faults).toEqual([]);
    },
  );

  it('is not asked again where the script is at its end', async () => {
    const { client, session } = served({ script: ['A'] });
    await client.chat.completions.create({ model: 'm', messages: [user] });
    await expect(
      client.chat.completions.create({ model: 'm', messages: [user] }),
    ).rejects.toMatchObject({
      status: 400,
      code: 'model_fault',
    });
    expect(session.requests).toHaveLength(2);
  });

  it('is asked again where the script has a fault that goes away', async () => {
    const error = { status: 503, message: 'Down', retry_after: 0.001 };
    const { client, session } = served({ script: [{ error }, 'Up.'] });
    const completion = await client.chat.completions.create({
      model: 'm',
      messages: [user],
      stream: false,
    });
    expect(completion.choices[0]?.message.content).toBe('Up.');
    expect(session.requests).toHaveLength(2);
  });
});

describe('the gateway', () => {
  it.each(['/v1/messages', '/messages', '/v1/messages?beta=true'])(
    'streams Anthropic messages at %s',
    async (path) => {
      const { mounted } = served({ script });
      const body = { model: 'claude', max_tokens: 10, stream: true, messages: [user] };
      const answer = await post(mounted.url + path, body);
      expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      const text = await answer.text();
      const events = [...text.matchAll(/^event: (.*)\ndata: (.*)\n\n/gm)].map(([, event]) => event);
      expect(events[0]).toBe('message_start');
      expect(events.at(-1)).toBe('message_stop');
      expect(text).toContain(
        '"input_tokens":15,"cache_creation_input_tokens":0,"cache_read_input_tokens":5',
      );
    },
  );

  it('answers Anthropic messages whole', async () => {
    const { mounted } = served({ script });
    const answer = await post(`${mounted.url}/v1/messages`, {
      model: 'claude',
      max_tokens: 10,
      messages: [user],
    });
    expect(await answer.json()).toMatchObject({
      type: 'message',
      stop_reason: 'tool_use',
      content: [
        { type: 'text' },
        { type: 'tool_use', id: 'call_1', name: 'get_order' },
        { name: 'ping', input: {} },
      ],
    });
  });

  it.each([
    ['{"model":', 'its body is not JSON'],
    ['', 'its body is not JSON'],
    ['[]', 'its body must be an object'],
    ['{"model":"m","messages":[{"role":7}]}', 'messages[0].role must be text'],
    [
      `{"model":"m","messages":${'['.repeat(300)}${']'.repeat(300)}}`,
      'its body has more than 256 levels',
    ],
  ])('refuses %j in the words of its dialect', async (body, words) => {
    const { mounted, session } = served();
    for (const path of ['/v1/chat/completions', '/v1/messages']) {
      const answer = await post(mounted.url + path, body);
      expect(answer.status).toBe(400);
      expect(answer.headers.get('x-should-retry')).toBe('false');
      expect(await answer.json()).toMatchObject({
        ...(path === '/v1/messages' ? { type: 'error' } : {}),
        error: { message: `Cannot read the request: ${words}`, type: 'invalid_request_error' },
      });
    }
    expect(session.requests).toEqual([]);
  });

  it('refuses bytes that are no UTF-8, and counts brackets in strings as text', async () => {
    const { mounted } = served();
    const url = `${mounted.url}/v1/chat/completions`;
    const answer = await fetch(url, { method: 'POST', body: new Uint8Array([0x22, 0xff, 0x22]) });
    expect(await answer.json()).toMatchObject({
      error: { message: expect.stringContaining('not UTF-8') },
    });
    const quoted = { ...user, content: `${'["\\'.repeat(400)}` };
    expect((await post(url, { model: 'm', messages: [quoted] })).status).toBe(200);
  });

  it('refuses other methods', async () => {
    const { mounted } = served();
    for (const [path, allow] of [
      ['/v1/messages', 'POST'],
      ['/v1/models', 'GET'],
    ] as const) {
      const answer = await fetch(mounted.url + path, { method: 'PUT' });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    }
  });

  it('makes the trial an error for a fault that nobody foresaw', async () => {
    const { mounted, session } = served({
      model: async () => Promise.reject(new TypeError('oops')),
    });
    const answer = await post(`${mounted.url}/v1/chat/completions`, {
      model: 'm',
      messages: [user],
    });
    expect(answer.status).toBe(500);
    expect(session.faults).toMatchObject([
      { code: 'internal', message: 'Cannot serve /v1/chat/completions: oops' },
    ]);
  });

  it('says what is wrong with an answer that it cannot stream', async () => {
    const { mounted } = served({ model: async () => ({ status: 200, body: { choices: 7 } }) });
    const answer = await post(`${mounted.url}/v1/chat/completions`, {
      model: 'm',
      messages: [user],
      stream: true,
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'model_fault' } });
  });

  it('cuts a stream off whose answer turns out to be none', async () => {
    const message = { role: 'assistant', content: 'word '.repeat(10_000) };
    const broken = {
      choices: [
        { index: 0, message },
        { index: 1, message: 7 },
      ],
    };
    const { mounted, session } = served({ model: async () => ({ status: 200, body: broken }) });
    const body = { model: 'm', messages: [user], stream: true };
    // Later versions of Node tell of it before there is an answer
    const read = async () => (await post(`${mounted.url}/v1/chat/completions`, body)).text();
    await expect(read()).rejects.toThrow();
    expect(session.faults).toEqual([]);
  });

  it('goes on when a client leaves in the middle of a stream', async () => {
    const said = 'word '.repeat(500_000);
    const { mounted, session } = served({ script: [said, 'Still here.'] });
    const url = `${mounted.url}/v1/chat/completions`;
    const leaving = await post(url, { model: 'm', messages: [user], stream: true });
    await leaving.body?.cancel();
    const next = await post(url, { model: 'm', messages: [user] });
    expect(await next.text()).toContain('Still here.');
    expect(session.faults).toEqual([]);
  });
});
