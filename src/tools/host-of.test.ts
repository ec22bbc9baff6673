import { describe, expect, it } from 'vitest';
import { ask, entries, hostOfTools } from './hosted.test-support.ts';

const orders = {
  input: {
    type: 'object',
    properties: { order_id: { type: 'string' }, amount: { type: 'number' } },
    required: ['order_id'],
    additionalProperties: false,
  },
};

describe('hostOf() answers from entries', () => {
  it('the first that matches in part and is not spent', async () => {
    const host = await hostOfTools({
      get_order: entries(
        { uses: 1, error: { code: 'timeout', message: 'Timed out' } },
        { when: { order_id: '1042' }, result: { total: 42.5 } },
        { when: { order_id: { $regex: '^9' } }, error: { code: 'not_found' } },
        { when: { order_id: '1' } },
      ),
    });
    const trial = host.start({});
    const answers = [];
    for (const order_id of ['1042', '1042', '9', '1']) {
      answers.push(await ask(trial, 'get_order', { order_id, verbose: true }));
    }
    expect(answers).toEqual([
      { error: { code: 'timeout', message: 'Timed out' } },
      { result: { total: 42.5 } },
      { error: { code: 'not_found', message: 'not_found' } },
      { result: null },
    ]);
  });

  it('counts uses per trial', async () => {
    const host = await hostOfTools({ now: entries({ uses: 1, result: 1 }, { result: 2 }) });
    const [one, other] = [host.start({}), host.start({})];
    expect(await ask(one, 'now')).toEqual({ result: 1 });
    expect(await ask(one, 'now')).toEqual({ result: 2 });
    expect(await ask(other, 'now')).toEqual({ result: 1 });
  });

  it('and gives each caller a result of its own', async () => {
    const host = await hostOfTools({ list: entries({ result: { items: [1] } }) });
    const first = (await ask(host.start({}), 'list')) as { result: { items: number[] } };
    first.result.items.push(2);
    expect(await ask(host.start({}), 'list')).toEqual({ result: { items: [1] } });
  });

  it.each<[string, unknown, unknown]>([
    ['another type', { $gt: 100 }, '150'],
    ['a number beyond 2^53', 2 ** 60, 2 ** 60],
    ['what nothing captured', { $ref: 'amount' }, 1],
    ['a redacted text', 'sk-1', '[redacted:KEY]'],
  ])('reads as no what cannot be told: %s', async (_, when, amount) => {
    const host = await hostOfTools({ pay: entries({ when: { amount: when }, result: 1 }) });
    const answer = ask(host.start({}), 'pay', { amount });
    await expect(answer).rejects.toMatchObject({ code: 'mock_fault' });
  });

  it('with captures inside of one entry', async () => {
    const when = { from: { $as: 'account' }, to: { $ne: { $ref: 'account' } } };
    const host = await hostOfTools({ pay: entries({ when, result: 'paid' }) });
    expect(await ask(host.start({}), 'pay', { from: 'a', to: 'b' })).toEqual({ result: 'paid' });
    await expect(ask(host.start({}), 'pay', { from: 'a', to: 'a' })).rejects.toThrow(
      'Cannot answer pay({"from":"a","to":"a"}): no entry of its mock answers (entry 1: ',
    );
  });

  it('after their delay, which the trial may cut short', async () => {
    const slept: number[] = [];
    const waiting = new AbortController();
    const host = await hostOfTools(
      { slow: entries({ delay_ms: 200, result: 1 }) },
      {
        sleep: async (ms, signal) => {
          slept.push(ms);
          if (signal === waiting.signal) waiting.abort(new Error('Stopped'));
        },
      },
    );
    expect(await ask(host.start({}), 'slow')).toEqual({ result: 1 });
    const cut = ask(host.start({}), 'slow', {}, waiting.signal);
    await expect(cut).rejects.toThrow('Stopped');
    await expect(ask(host.start({}), 'slow', {}, waiting.signal)).rejects.toThrow('Stopped');
    expect(slept).toEqual([200, 200]);
  });

  it('or tells why each entry does not', async () => {
    const host = await hostOfTools({
      get_order: entries(
        { uses: 1, result: 1 },
        { when: { order_id: '1043' } },
        { when: { order_id: { $gt: 1 } } },
        ...Array.from({ length: 4 }, (_, at) => ({ when: { no: at } })),
      ),
    });
    const trial = host.start({});
    await ask(trial, 'get_order', { order_id: '1042' });
    await expect(ask(trial, 'get_order', { order_id: '1042' })).rejects.toMatchObject({
      code: 'mock_fault',
      message:
        'Cannot answer get_order({"order_id":"1042"}): no entry of its mock answers (entry 1 is spent; ' +
        'entry 2: order_id "1042", wanted "1043"; entry 3: order_id "1042", wanted more than 1 (cannot be compared); ' +
        'entry 4: no no, wanted 0; entry 5: no no, wanted 1; and 2 more)',
    });
  });

  it('many of them in one trial without slowing down', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({ uses: 1, result: at }));
    const host = await hostOfTools({ next: entries(...many), other: entries({ result: 1 }) });
    const trial = host.start({});
    let wrong = 0;
    for (let at = 0; at < 10_000; at++) {
      const answer = await ask(trial, 'next');
      if (!('result' in answer) || answer.result !== at) wrong++;
      await ask(trial, 'other');
    }
    expect(wrong).toBe(0);
  });
});

describe('hostOf() refuses', () => {
  it.each<[string, unknown, string]>([
    ['another type', { order_id: '1', amount: '3' }, '/amount must be number'],
    ['what is missing', {}, "arguments must have required property 'order_id'"],
    [
      'what is not known',
      { order_id: '1', __proto: 1 },
      "arguments must NOT have additional properties: '__proto'",
    ],
    ['what is no map', null, 'arguments must be object'],
    ['what is no JSON', { order_id: '1', amount: Number.NaN }, 'not JSON: NaN at /amount'],
  ])('%s with the error of a real tool', async (_, args, message) => {
    const host = await hostOfTools({ refund: { ...orders, ...entries({ uses: 1 }) } });
    const trial = host.start({});
    expect(await ask(trial, 'refund', args)).toEqual({
      error: { code: 'invalid_arguments', message },
    });
    expect(await ask(trial, 'refund', { order_id: '1' })).toEqual({ result: null }); // not spent
  });

  it('tells the values of an enumeration', async () => {
    const input = { properties: { currency: { enum: ['EUR', 'USD'] } } };
    const host = await hostOfTools({ pay: { input, ...entries({}) } });
    expect(await ask(host.start({}), 'pay', { currency: 'eur' })).toMatchObject({
      error: { message: '/currency must be equal to one of the allowed values: "EUR", "USD"' },
    });
  });

  it('no name that every object inherits', async () => {
    const input = { properties: { constructor: { type: 'string' } }, required: ['toString'] };
    const host = await hostOfTools({ pay: { input, ...entries({}) } });
    expect(await ask(host.start({}), 'pay', {})).toMatchObject({
      error: { message: "arguments must have required property 'toString'" },
    });
    expect(await ask(host.start({}), 'pay', { toString: 1 })).toEqual({ result: null });
  });

  it.each<[string, string]>([
    [
      'get_ordr',
      'Cannot answer get_ordr({"id":1}): the suite mocks no tool of that name; did you mean "get_order"?',
    ],
    [
      'delete_account',
      'Cannot answer delete_account({"id":1}): the suite mocks no tool of that name; known are get_order, bare',
    ],
    ['constructor', 'Cannot answer constructor({"id":1}): the suite mocks no tool of that name'],
    ['bare', 'Cannot answer bare({"id":1}): the suite gives this tool no mock'],
  ])('to answer a call that is not mocked: %s', async (tool, message) => {
    const host = await hostOfTools({ get_order: entries({}), bare: orders });
    const answer = ask(host.start({}), tool, { id: 1 });
    await expect(answer).rejects.toMatchObject({ code: 'mock_fault' });
    await expect(answer).rejects.toThrow(message);
  });

  it('to answer where no tool is declared', async () => {
    const host = await hostOfTools({});
    await expect(ask(host.start({}), 'a')).rejects.toThrow('the suite mocks no tools');
  });
});

it('hostOf() takes tools of any name', async () => {
  const tools = Object.create(null);
  for (const name of ['__proto__', 'constructor', 'toString'])
    tools[name] = entries({ result: name });
  const host = await hostOfTools(tools);
  for (const name of Object.keys(tools)) {
    expect(await ask(host.start({}), name)).toEqual({ result: name });
  }
});

it('hostOf() takes absent arguments for none', async () => {
  const host = await hostOfTools({ now: { input: { type: 'object' }, ...entries({ when: {} }) } });
  const { signal } = new AbortController();
  const call = host.start({}).call({ tool: 'now', args: undefined, signal });
  expect(await call).toEqual({ result: null });
});
