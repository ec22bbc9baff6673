import { describe, expect, it } from 'vitest';
import type { Dialect, ModelReply } from '../model/exchange.ts';
import type { Script } from '../model/script.ts';
import { dialects } from './dialects/dialects.ts';
import type { Asker } from './model-source.ts';
import { scriptedSource } from './scripted.ts';

interface Said {
  readonly user?: string;
  readonly results?: readonly [id: string, content: string][];
  readonly tools?: readonly string[];
}

function bodyOf({ user = 'Hi', results = [], tools = [] }: Said): Record<string, unknown> {
  return {
    model: 'gpt-5',
    messages: [
      { role: 'user', content: user },
      ...results.map(([id, content]) => ({ role: 'tool', tool_call_id: id, content })),
    ],
    tools: tools.map((name) => ({ type: 'function', function: { name } })),
  };
}

function asker(task = 'late'): Asker {
  const { signal } = new AbortController();
  return { task, trial: 1, key: {}, signal, waited: () => {} };
}

function playing(script: Script, who = asker()) {
  const waits: number[] = [];
  const source = scriptedSource(script, {
    sleep: async (ms, signal) => {
      waits.push(ms);
      signal.throwIfAborted();
    },
  });
  const ask = (said: Said = {}) => source.ask({ dialect: 'chat', body: bodyOf(said) }, who);
  return { source, waits, ask, turn: async (said?: Said) => read(await ask(said)) };
}

const read = ({ body }: ModelReply, dialect: Dialect = 'chat') => dialects[dialect].readReply(body);
const failing = { error: { status: 503, message: 'Down', code: 'down', retry_after: 2 } };

describe('scriptedSource()', () => {
  it('ask() answers with the turns in their order, and counts the ids of calls', async () => {
    const { turn } = playing([
      { say: 'Looking.', calls: ['ping', { get: { id: 'A1' } }] },
      {
        calls: [{ tool: 'get', args: { id: 'A2' }, id: 'mine' }, { tool: 'ping' }, { ping: null }],
      },
      'Done.',
    ]);
    const usage = { input_tokens: 0, output_tokens: 0 };
    expect(await turn()).toEqual({
      model: 'gpt-5',
      say: 'Looking.',
      calls: [
        { id: 'call_1', tool: 'ping', args: {} },
        { id: 'call_2', tool: 'get', args: { id: 'A1' } },
      ],
      usage,
    });
    expect((await turn()).calls).toEqual([
      { id: 'mine', tool: 'get', args: { id: 'A2' } },
      { id: 'call_3', tool: 'ping', args: {} },
      { id: 'call_4', tool: 'ping', args: {} },
    ]);
    expect(await turn()).toEqual({ model: 'gpt-5', say: 'Done.', calls: [], usage });
  });

  it('ask() throws model_fault where the script is at its end', async () => {
    const { ask } = playing(['A', { say: 'B', uses: 2 }]);
    for (const _ of [1, 2, 3]) await ask();
    await expect(ask()).rejects.toMatchObject({
      code: 'model_fault',
      message: 'Cannot answer the 4th model request of task "late": its script has 3 turns',
    });
    const conditional = playing(['A', { say: 'B', when: { user: 'x' } }]);
    await conditional.ask();
    await expect(conditional.ask()).rejects.toThrow(
      'Cannot answer the 2nd model request of task "late": its script has 1 turn beside those with "when", none of which matches',
    );
  });

  it('ask() takes the turns of the task, else those of *', async () => {
    const script = { late: ['Late.'], '*': ['Other.'] };
    expect((await playing(script, asker('late')).turn()).say).toBe('Late.');
    expect((await playing(script, asker('early')).turn()).say).toBe('Other.');
    await expect(playing({ late: ['A'] }, asker('toString')).ask()).rejects.toThrow(
      'Cannot answer the 1st model request of task "toString": its script names neither that task nor *',
    );
  });

  it('ask() plays the script from the start for each trial, whatever goes on beside it', async () => {
    const { source } = playing([{ calls: ['ping'] }, 'B']);
    const [one, two] = [asker(), asker()];
    const request = { dialect: 'chat', body: bodyOf({}) } as const;
    const first = await Promise.all([one, two].map((who) => source.ask(request, who)));
    expect(first[0]).toEqual(first[1]);
    const more = await Promise.all([one, two].map((who) => source.ask(request, who)));
    expect(more.map((reply) => read(reply).say)).toEqual(['B', 'B']);
  });

  it('ask() prefers turns whose "when" holds, as often as they are for', async () => {
    const { turn } = playing([
      'first',
      { say: 'greeting', when: { user: { $contains: 'hello' } }, uses: 1 },
      { say: 'late', when: { results: [{ status: 'late' }] } },
      { say: 'third', when: { turn: 3, tools: ['get'] } },
      'last',
    ]);
    const results: [string, string][] = [['call_1', '{"id":"A1","status":"late"}']];
    const said = [
      await turn({ user: 'hello', tools: ['get'] }),
      await turn({ user: 'hello', tools: ['get', 'put'], results }),
      await turn({ user: 'hello', tools: ['get', 'put'], results }),
      await turn({ user: 'hello', tools: ['get'], results }),
      await turn({ results: [...results, ['call_2', '["x"]'], ['call_3', '{"status":"late"}']] }),
      await turn({ user: 'hello' }),
    ];
    expect(said.map(({ say }) => say)).toEqual([
      'greeting',
      'late',
      'third',
      'first',
      'late',
      'last',
    ]);
  });

  it('ask() answers an error, and a second attempt is the same turn of the conversation', async () => {
    const { ask, turn } = playing([
      'A',
      { ...failing, when: { turn: 2 }, uses: 1 },
      { say: 'again', when: { turn: 2, results: ['ok'] } },
      { say: 'third', when: { turn: 3 } },
    ]);
    await ask();
    const results: [string, string][] = [['call_1', 'ok']];
    expect(await ask({ results })).toEqual({
      status: 503,
      body: { error: { message: 'Down', code: 'down', type: 'server_error', param: null } },
      retry_after: 2,
      cost_usd: 0,
    });
    expect((await turn({ results })).say).toBe('again');
    expect((await turn({ results, user: 'Go on' })).say).toBe('third');
  });

  it('ask() costs nothing unless tokens or cost are said', async () => {
    const usage = { input_tokens: 10, output_tokens: 2, cached_tokens: 4 };
    const { ask } = playing([
      'A',
      { say: 'B', usage },
      { say: 'C', usage, cost_usd: 0.5, model: 'mini' },
    ]);
    const replies = [await ask(), await ask(), await ask()];
    expect(replies.map(({ cost_usd }) => cost_usd)).toEqual([0, undefined, 0.5]);
    expect(replies.map((reply) => read(reply).usage)).toEqual([
      { input_tokens: 0, output_tokens: 0 },
      usage,
      usage,
    ]);
    expect(replies.map((reply) => read(reply).model)).toEqual(['gpt-5', 'gpt-5', 'mini']);
  });

  it('ask() waits before it answers, and no longer than the trial lasts', async () => {
    const controller = new AbortController();
    const { ask, waits } = playing([{ say: 'A', delay_ms: 40 }, { say: 'B', delay_ms: 50 }, 'C'], {
      ...asker(),
      signal: controller.signal,
    });
    await ask();
    controller.abort(new Error('stopped'));
    await expect(ask()).rejects.toThrow('stopped');
    expect(waits).toEqual([40]);
  });

  it('ask() refuses what is no request in the words of its dialect, and spends no turn', async () => {
    const { source, turn } = playing(['A']);
    const who = asker();
    const reply = await source.ask({ dialect: 'messages', body: { model: 'm' } }, who);
    expect(reply).toMatchObject({
      status: 400,
      body: { type: 'error', error: { type: 'invalid_request_error' } },
    });
    expect((await turn()).say).toBe('A');
  });

  it.each(['chat', 'responses', 'messages'] as const)('ask() speaks %s', async (dialect) => {
    const { source } = playing([{ say: 'A', calls: [{ get: { id: 1 } }] }]);
    const body = { model: 'm', messages: [{ role: 'user', content: 'Hi' }], input: 'Hi' };
    expect(read(await source.ask({ dialect, body }, asker()), dialect)).toMatchObject({
      say: 'A',
      calls: [{ id: 'call_1', tool: 'get', args: { id: 1 } }],
    });
  });
});
