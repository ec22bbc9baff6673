import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestedCall } from '../model/exchange.ts';
import type { Tools } from '../model/tool.ts';
import { haltOf, testSession } from './session.test-support.ts';

const requested = (id: string, tool = 'get', args: unknown = {}): RequestedCall => ({
  id,
  tool,
  args,
});
const tools = {
  get: { mock: {} },
  order: { mock: {} },
  get_order: { mock: {} },
  own: { mock: { kind: 'agent' } },
  bare: {},
} as unknown as Tools; // only whether there is a mock counts

/** A session whose model asks for calls in each turn. */
const asking = (...turns: RequestedCall[][]) =>
  testSession({ tools, turns: [...turns, []].map((calls) => ({ calls })) });

/** Attempts and results of a session, each in short. */
const shortOf = (session: ReturnType<typeof testSession>) =>
  session.told().flatMap(({ type, id, tool, args, result, origin, ...more }) => {
    if (type === 'tool_call') return [`${tool}(${JSON.stringify(args)})#${id}`];
    if (type !== 'tool_result') return type === 'model' ? [] : [String(type)];
    return [`${id}=${JSON.stringify(result ?? more['error'])}${origin ? ` ${origin}` : ''}`];
  });

describe('callTools()', () => {
  it('records every call before the first answer, side by side, and answers in their order', async () => {
    const later: (() => void)[] = [];
    const session = testSession({
      tools,
      answer: ({ tool }) =>
        new Promise((resolve) => {
          later.unshift(() => resolve({ result: tool }));
          if (later.length === 2) for (const answer of later) answer();
        }),
    });
    const calls = [
      { tool: 'get', args: { x: 1 }, id: 'a' },
      { tool: 'order', args: {}, id: 'b' },
    ];
    expect(await session.callTools(calls)).toEqual([{ result: 'get' }, { result: 'order' }]);
    expect(shortOf(session)).toEqual(['get({"x":1})#a', 'order({})#b', 'a="get"', 'b="order"']);
    const groups = session.told().flatMap(({ parallel }) => parallel ?? []);
    expect(groups).toEqual([groups[0], groups[0]]);
  });

  it('marks no call that is alone', async () => {
    const session = testSession({ tools });
    await session.callTools([{ tool: 'get', args: {} }]);
    expect(session.told()[0]).not.toHaveProperty('parallel');
  });
});

describe('callTool()', () => {
  it('is the call of the id that the model gave, which was seen', async () => {
    const session = asking([requested('a', 'get', { x: 1 }), requested('b', 'get', { x: 2 })]);
    await session.ask();
    await session.callTool({ tool: 'get', args: { x: 2 }, id: 'b' });
    await session.callTool({ tool: 'get', args: { x: 1 }, id: 'a' });
    expect(shortOf(session)).toEqual(['get({"x":1})#a', 'get({"x":2})#b', 'b="done"', 'a="done"']);
    const calls = session.told().filter(({ type }) => type === 'tool_call');
    expect(calls.map(({ parallel }) => parallel)).toEqual(['m1', 'm1']);
  });

  it('without an id is the earliest call of those arguments, whatever the order of their keys', async () => {
    const session = asking([
      requested('a', 'get', { x: 1 }),
      requested('b', 'get', { x: 2, y: 3 }),
      requested('c', 'get', { y: 3, x: 2 }),
    ]);
    await session.ask();
    await session.callTool({ tool: 'get', args: { y: 3, x: 2 } });
    await session.callTool({ tool: 'get', args: { x: 2, y: 3 } });
    expect(shortOf(session).slice(3)).toEqual(['b="done" inferred', 'c="done" inferred']);
  });

  it('with other arguments is the earliest call of that tool, and keeps what was asked for', async () => {
    const session = asking([requested('a', 'get', { x: 1 }), requested('b', 'get', { x: 2 })]);
    await session.ask();
    await session.callTool({ tool: 'get', args: { x: 9 } });
    expect(session.told().find(({ id }) => id === 'a')).toMatchObject({
      args: { x: 9 },
      requested_args: { x: 1 },
    });
  });

  it.each(['mcp__shop__get', 'shop.get', 'shop:get', 'shop/get', 'shop-get'])(
    'is the call that the model knows as %s',
    async (name) => {
      const session = asking([requested('a', name, { x: 1 })]);
      await session.ask();
      await session.callTool({ tool: 'get', args: { x: 1 } });
      expect(shortOf(session)).toEqual(['get({"x":1})#a', 'a="done" inferred']);
      expect(session.told().find(({ id }) => id === 'a')).toMatchObject({ requested_tool: name });
    },
  );

  it('is no call of another tool whose name only ends in the same way', async () => {
    for (const name of ['target', 'get_order']) {
      const session = asking([requested('a', name, {})]);
      await session.ask();
      await session.callTool({ tool: name === 'target' ? 'get' : 'order', args: {} });
      expect(session.told().find(({ id }) => id === 'a')).toMatchObject({ tool: name });
      expect(session.told().filter(({ type }) => type === 'tool_call')).toHaveLength(2);
    }
  });

  it('is a call of its own under an id that no model gave', async () => {
    const session = asking([requested('a')]);
    await session.ask();
    await session.callTool({ tool: 'get', args: {}, id: 'mine' });
    expect(shortOf(session)).toEqual(['get({})#a', 'get({})#mine', 'mine="done"']);
  });

  it.each([
    ['one id', 'x', 'x'],
    ['no id', '', ''],
  ])('is counted once where a model gives all its calls %s', async (_, one, other) => {
    const session = asking(
      [requested(one, 'get', { x: 1 }), requested(other, 'own', {})],
      [requested(one, 'get', { x: 3 })],
    );
    await session.ask();
    await session.callTool({ tool: 'own', args: {}, id: other });
    await session.callTool({ tool: 'get', args: { x: 1 }, id: one });
    await session.ask();
    await session.callTool({ tool: 'get', args: { x: 3 }, id: one });
    const calls = session.told().filter(({ type }) => type === 'tool_call');
    expect(calls.map(({ tool, args }) => [tool, args])).toEqual([
      ['get', { x: 1 }],
      ['own', {}],
      ['get', { x: 3 }],
    ]);
    expect(session.told().filter(({ type }) => type === 'tool_result')).toHaveLength(3);
  });

  it('takes arguments that the model did not write as JSON from whoever made the call', async () => {
    const session = asking([{ id: 'a', tool: 'get', argsRaw: '{"x":' }]);
    await session.ask();
    expect(session.told()[1]).toMatchObject({ args_missing: 'unparsable', args_raw: '{"x":' });
    await session.callTool({ tool: 'get', args: { x: 1 }, id: 'a' });
    expect(session.told()[1]).toMatchObject({ args: { x: 1 } });
    expect(session.told()[1]).not.toHaveProperty('args_missing');
  });

  it('leaves each call asked for and each made with one attempt, whatever the order', async () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 6 });
    const property = fc.asyncProperty(
      ids,
      fc.infiniteStream(fc.boolean()),
      async (order, withId) => {
        const all = [...order].sort((one, other) => one - other);
        const session = asking(all.map((n) => requested(`i${n}`, 'get', { n })));
        await session.ask();
        for (const n of order) {
          const id = withId.next().value ? { id: `i${n}` } : {};
          await session.callTool({ tool: 'get', args: { n }, ...id });
        }
        const steps = session.told();
        expect(steps.filter(({ type }) => type === 'tool_call').map(({ args }) => args)).toEqual(
          all.map((n) => ({ n })),
        );
        expect(steps.flatMap(({ type, id }) => (type === 'tool_result' ? [id] : []))).toEqual(
          order.map((n) => `i${n}`),
        );
      },
    );
    await fc.assert(property);
  });

  it('finds its call among many in bounded time', async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => requested(`i${n}`, 'get', { n }));
    const session = asking(many);
    await session.ask();
    const started = performance.now();
    for (const n of many.keys())
      await session.callTool({ tool: 'get', args: { n: many.length - 1 - n } });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(session.told().filter(({ type }) => type === 'tool_call')).toHaveLength(many.length);
  });
});

describe('askModel()', () => {
  it('takes a result that is handed back of a tool that the agent runs itself, as inferred', async () => {
    const session = asking([requested('a', 'own', { x: 1 })], []);
    await session.ask();
    await session.ask({ a: 'Found' });
    await session.ask({ a: 'Found again' }).catch(() => undefined);
    expect(shortOf(session).slice(1)).toEqual(['a="Found" inferred']);
  });

  it('believes it of a tool of its own, whose arguments were not those that are declared', async () => {
    const refuses = () => '/x is required';
    const turns = [{ calls: [requested('a', 'own', { y: 1 })] }, {}];
    const session = testSession({ tools, turns, refuses });
    await session.ask();
    await session.ask({ a: 'Sent' });
    session.tellCall({ tool: 'own', args: { y: 1 }, id: 'b' }, { result: 'Sent' });
    expect(shortOf(session).filter((step) => step.includes('='))).toEqual([
      'a="Sent" inferred',
      'b="Sent" inferred',
    ]);
  });

  it('takes it of any tool where the suite declares none and only watches', async () => {
    const turns = [{ calls: [requested('a', 'any', {})] }, {}];
    const session = testSession({ tools: null, turns });
    await session.ask();
    await session.ask({ a: 'Found' });
    expect(shortOf(session)).toEqual(['any({})#a', 'a="Found" inferred']);
  });

  it.each(['get', 'bare', 'unknown'])(
    'makes the trial an error where the agent answered %s itself: whether it ran, nobody saw',
    async (tool) => {
      const session = asking([requested('a', tool, { x: 1 })], []);
      await session.ask();
      expect(await haltOf(session.ask({ a: 'I made it up' }))).toBe('fault');
      expect(session.halted()).toMatchObject({
        error: {
          message: expect.stringContaining(`${tool}({"x":1}): the agent answered it itself`),
        },
      });
    },
  );

  it('takes what a framework says of arguments that no tool takes as the error that they are', async () => {
    const session = testSession({
      tools,
      turns: [{ calls: [requested('a', 'get', { y: 1 })] }, {}],
      refuses: () => '/x is required',
    });
    await session.ask();
    await session.ask({ a: 'Invalid input' });
    expect(session.told().at(2)).toMatchObject({
      type: 'tool_result',
      error: { code: 'invalid_arguments', message: 'Invalid input' },
    });
  });

  it('passes over results of calls that were answered, or that no model asked for', async () => {
    const session = asking([requested('a', 'own', {})], []);
    await session.ask();
    await session.callTool({ tool: 'own', args: {}, id: 'a' });
    await session.ask({ a: 'Another', zz: 'Stray' });
    expect(shortOf(session)).toEqual(['own({})#a', 'a="done"']);
  });

  it('takes what is handed back for arguments that are no JSON as an error', async () => {
    const session = asking([{ id: 'a', tool: 'get', argsRaw: '{' }], []);
    await session.ask();
    await session.ask({ a: 'Not JSON' });
    expect(shortOf(session).at(-1)).toBe(
      'a={"code":"invalid_arguments","message":"Not JSON"} inferred',
    );
  });

  it('refuses a body that is no request, and takes no turn for it', async () => {
    const session = testSession({ turns: [{ say: 'a' }] });
    await expect(haltOf(session.askModel({ dialect: 'chat', body: { model: 7 } }))).rejects.toThrow(
      /Cannot|xpected/,
    );
    expect(session.halted()).toBe(null);
    expect(session.steps).toEqual([]);
  });
});
