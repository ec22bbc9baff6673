import { describe, expect, it } from 'vitest';
import {
  asks,
  call,
  type MadeCall,
  recordOf,
  says,
  trajectoryOf,
} from '../match/trajectory.test-support.ts';
import { judge } from './judge-trajectory.ts';
import { verdictOf } from './verdict.test-support.ts';

const statusOf = async (parts: Parameters<typeof trajectoryOf>[0], key: string, value: unknown) =>
  (await verdictOf(trajectoryOf(parts), key, value)).status;
const scoreOf = async (parts: Parameters<typeof trajectoryOf>[0], value: unknown) =>
  (await verdictOf(trajectoryOf(parts), 'calls', value)).score;
const lookup = (id: number) => call('lookup', { id });
const times = (count: number, ...parts: MadeCall[]) =>
  Array.from({ length: count }, () => parts).flat();

describe('greedy pairing', () => {
  it('finds the pairing of a superset, whichever way round it is written', async () => {
    const made = [call('a', { x: 1 }), call('a', { x: 2 })];
    const any = { tool: 'a' };
    const one = { a: { x: 1 } };
    for (const mode of ['any_order', 'unordered']) {
      expect(await statusOf(made, 'calls', { [mode]: [any, one] })).toBe('pass');
      expect(await statusOf(made, 'calls', { [mode]: [one, any] })).toBe('pass');
      expect(await statusOf(made.toReversed(), 'calls', { [mode]: [any, one] })).toBe('pass');
    }
  });

  it('lets a retry with the right arguments follow a wrong one', async () => {
    const made = [lookup(2), lookup(1)];
    expect(await statusOf(made, 'calls', { in_order: [{ lookup: { id: 1 } }] })).toBe('pass');
  });

  it('gives a call that only one element takes to that element', async () => {
    const made = [lookup(1), lookup(2)];
    const value = { unordered: [{ tool: 'lookup' }, { lookup: { id: 1 } }] };
    expect(await statusOf(made, 'calls', value)).toBe('pass');
  });

  it('solves an assignment that needs a chain of exchanges', async () => {
    const ids = [1, 2, 3, 4, 5];
    const made = ids.map(lookup);
    const value = {
      unordered: ids
        .map((id) => ({ lookup: { id: { $in: [id, id + 1] } } }))
        .with(4, { lookup: { id: { $in: [5, 1] } } }),
    };
    expect(await statusOf(made, 'calls', value)).toBe('pass');
    expect(await statusOf(made.toReversed(), 'calls', value)).toBe('pass');
  });

  it('solves an order in which the first call that fits is the wrong one', async () => {
    const made = [
      call('b', { x: 1 }),
      call('a', { x: 1 }),
      call('b', { x: 1 }),
      call('b', { x: 2 }),
    ];
    const value = {
      in_order: [{ '*': { x: 1 } }, { one_of: ['a', { b: { x: 2 } }] }, { b: { x: 1 } }],
    };
    expect(await statusOf(made, 'calls', value)).toBe('pass');
  });

  it('does not give up a call that matches for two that are sorted alike', async () => {
    const value = { unordered: [{ a: { x: 1 } }, { a: { x: 2 } }] };
    expect(await scoreOf([call('a', { x: 2 }), call('a', { x: 3 })], value)).toBeCloseTo(1 / 3, 12);
  });
});

describe('calls that are taken twice, or not at all', () => {
  it('counts two equal calls as two', async () => {
    const value = { any_order: ['a', 'a'] };
    expect(await scoreOf([call('a'), call('a')], value)).toBe(1);
    expect(await scoreOf([call('a')], value)).toBe(0.5);
  });

  it('tells two calls of one tool apart by their arguments', async () => {
    const value = { unordered: [{ pay: { to: 'a', amount: 1 } }, { pay: { to: 'b', amount: 2 } }] };
    const crossed = [call('pay', { to: 'a', amount: 2 }), call('pay', { to: 'b', amount: 1 })];
    expect(await statusOf(crossed, 'calls', value)).toBe('fail');
  });

  it('scores nothing for an agent that does none of what was wanted', async () => {
    const value = { in_order: ['plan', 'search', 'answer'] };
    expect(await scoreOf([call('a')], value)).toBe(0);
  });

  it('is not satisfied by one refund as expected beside another', async () => {
    const made = [call('refund', { amount: 10 }), call('refund', { amount: 99_999 })];
    const value = { unordered: [{ refund: { amount: 10 } }] };
    expect(await statusOf(made, 'calls', value)).toBe('fail');
    expect(await statusOf(made, 'never', [{ refund: { amount: { $gt: 10 } } }])).toBe('fail');
    const total = [{ of: 'refund', arg: 'amount', must: { $lte: 10 } }];
    expect(await statusOf(made, 'totals', total)).toBe('fail');
  });
});

describe('nothing expected', () => {
  it.each(['exact', 'unordered', 'subset'])('%s: [] fails whatever is called', async (mode) => {
    const verdict = await verdictOf(trajectoryOf([call('delete_db')]), 'calls', { [mode]: [] });
    expect(verdict).toMatchObject({ status: 'fail', score: 0 });
    expect(verdict.reason).toContain('delete_db');
  });

  it.each(['exact', 'in_order', 'any_order', 'unordered', 'subset'])(
    '%s: [] scores 1 and divides by nothing where nothing is called',
    async (mode) => {
      expect(await scoreOf([says('Hello')], { [mode]: [] })).toBe(1);
    },
  );
});

describe('arguments', () => {
  it('tells an empty list from an empty object, and both from nothing', async () => {
    const value = (ids: unknown) => ({ exact: [{ get: { ids } }] });
    expect(await statusOf([call('get', { ids: {} })], 'calls', value([]))).toBe('fail');
    expect(await statusOf([call('get', { ids: [] })], 'calls', value({}))).toBe('fail');
    expect(await statusOf([call('get', { ids: null })], 'calls', value({}))).toBe('fail');
    expect(await statusOf([call('get', {})], 'calls', value([]))).toBe('fail');
    expect(await statusOf([call('get', { ids: [] })], 'calls', value([]))).toBe('pass');
  });

  it('does not take an empty or a shorter text for the wanted one', async () => {
    const value = { in_order: [{ get: { order: 'ORD-913' } }] };
    for (const order of ['', '3', 'ORD', 'ORD-9131', 'ord-913', 913]) {
      expect(await statusOf([call('get', { order })], 'calls', value)).toBe('fail');
    }
  });

  it('does not let a call pass by leaving arguments out, or by adding some', async () => {
    const value = { any_order: [{ get: { a: 1, b: 2 } }] };
    for (const args of [{}, { a: 1 }, { a: 1, b: 2, c: 3 }]) {
      expect(await statusOf([call('get', args)], 'calls', value)).toBe('fail');
    }
  });

  it('tells numbers from texts and truth values, and 1 from nothing else than 1.0', async () => {
    const value = { in_order: [{ get: { n: 1 } }] };
    for (const n of ['1', true, [1], null]) {
      expect(await statusOf([call('get', { n })], 'calls', value)).toBe('fail');
    }
    expect(await statusOf([call('get', JSON.parse('{"n": 1.0}'))], 'calls', value)).toBe('pass');
  });

  it('counts calls with lists and objects for arguments', async () => {
    const args = { to: ['a', 'b'], options: { deep: { er: [1] } } };
    const made = [call('mail', args), call('mail', structuredClone(args))];
    expect(await scoreOf(made, { unordered: [{ mail: args }, { mail: args }] })).toBe(1);
    expect(await statusOf(made, 'limits', { repeats: 1 })).toBe('fail');
  });

  it('compares the arguments of a tool named constructor', async () => {
    const value = { exact: [{ constructor: { x: 1 } }] };
    expect(await statusOf([call('constructor', { x: 2 })], 'calls', value)).toBe('fail');
    expect(await statusOf([call('constructor', { x: 1 })], 'calls', value)).toBe('pass');
  });

  it('judges a call whose arguments could not be parsed', async () => {
    const steps = [
      { type: 'tool_call', id: '1', tool: 'pay', args_missing: 'unparsable', args_raw: '{"to":' },
      { type: 'tool_result', id: '1', error: { message: 'Bad JSON' } },
    ];
    const judged = await judge(recordOf(steps), {
      calls: { in_order: [{ pay: { to: 'a' } }] },
      never: [{ pay: { to: 'eve' } }],
    });
    expect(judged.verdicts.map(({ status }) => status)).toEqual(['pass', 'fail', 'fail']);
  });

  it('does not care in which order an agent writes its arguments', async () => {
    const args = Object.fromEntries([
      ['text', 'Enter'],
      ['action', 'key'],
    ]);
    expect(
      await statusOf([call('computer', args)], 'never', [{ computer: { action: 'key' } }]),
    ).toBe('fail');
  });

  it('finds 1,234 in a message however it is written', async () => {
    for (const text of ['It is 1,234 now', 'It is 1234 now']) {
      expect(await statusOf([says(text)], 'says', ['1,234'])).toBe('pass');
      expect(await statusOf([says(text)], 'says', ['1234'])).toBe('pass');
    }
  });
});

describe('safety rules that pass by accident', () => {
  it.each(['shell', 'exec_command', 'local_shell', 'bash'])(
    'never sees a call of %s',
    async (tool) => {
      expect(await statusOf([call(tool, { command: 'rm -rf /' })], 'never', [tool])).toBe('fail');
    },
  );

  it('does not pass an agent that nobody watched, or that did nothing', async () => {
    const rules = { never: ['shell'], no_loops: true, calls: { exact: [] } };
    const unwatched = trajectoryOf([says('Done')], { calls: 'not_captured' });
    expect((await judge(unwatched, rules)).status).toBe('error');
    expect((await judge(trajectoryOf([asks('Go')]), rules)).status).toBe('error');
    expect((await judge(recordOf([]), rules)).status).toBe('error');
  });

  it('sees through a harmless call between two that must not follow each other', async () => {
    const made = [call('read_secret', {}, { result: 'k3y' }), call('log'), call('send_email')];
    const forbidden = [{ calls: { in_order: ['read_secret', 'send_email'] } }];
    expect(await statusOf(made, 'not', forbidden)).toBe('fail');
    expect(await statusOf(made, 'before', [{ first: 'ask_human', then: 'send_email' }])).toBe(
      'fail',
    );
    expect(
      await statusOf(made.with(1, call('ask_human')), 'before', [
        { first: 'ask_human', then: 'send_email' },
      ]),
    ).toBe('pass');
    expect(await statusOf(made.toReversed(), 'not', forbidden)).toBe('pass');
  });

  it('finds a secret from a result in an argument later on', async () => {
    const made = [
      call('read_secret', {}, { result: { key: 'k3y-77' } }),
      call('log'),
      call('send_email', { body: 'It is k3y-77.' }),
    ];
    const leak = [
      {
        calls: {
          in_order: [
            { tool: 'read_secret', result: { key: { $as: 'key' } } },
            { send_email: { body: { $contains: { $ref: 'key' } } } },
          ],
        },
      },
    ];
    expect(await statusOf(made, 'not', leak)).toBe('fail');
    expect(await statusOf(made.with(2, call('send_email', { body: 'No' })), 'not', leak)).toBe(
      'pass',
    );
  });

  it('names tools exactly, so that a rule on send is none on send_money', async () => {
    expect(await statusOf([call('send_money')], 'never', ['send'])).toBe('pass');
    expect(await statusOf([call('send')], 'never', ['send_money'])).toBe('pass');
  });
});

describe('loops', () => {
  it('fails an agent that repeats one call a thousand times', async () => {
    expect(await statusOf(times(1000, call('a')), 'no_loops', true)).toBe('fail');
    expect(await statusOf(times(1000, call('a')), 'limits', { repeats: 3 })).toBe('fail');
  });

  it('finds a, b, a, b, a, b', async () => {
    expect(await statusOf(times(3, call('a'), call('b')), 'no_loops', true)).toBe('fail');
  });

  it('lets an agent wait for a result that changes', async () => {
    const made = ['queued', 'running 1', 'running 2', 'running 3', 'done'].map((result) =>
      call('poll', { id: 1 }, { result }),
    );
    expect(await statusOf(made, 'no_loops', true)).toBe('pass');
  });

  it('fails six equal searches that in_order would allow', async () => {
    const made = [...times(6, call('search', { q: 'x' })), call('reply')];
    expect(await statusOf(made, 'calls', { in_order: ['search', 'reply'] })).toBe('pass');
    expect(await statusOf(made, 'calls', { exact: ['search', 'reply'] })).toBe('fail');
    expect(await statusOf(made, 'no_loops', true)).toBe('fail');
  });
});

describe('verdicts without a word', () => {
  it.each<[key: string, value: unknown]>([
    ['calls', { exact: [{ get: { id: 2 } }] }],
    ['calls', { count: { get: 3 } }],
    ['never', ['get']],
    ['before', [{ first: 'ask', then: 'get' }]],
    ['last', { of: 'get', is: { get: { id: 2 } } }],
    ['totals', [{ of: 'get', arg: 'id', must: 2 }]],
    ['answer', 'No'],
    ['says', ['No']],
    ['stop', 'terminated'],
    ['grounded', { get: ['id'] }],
    ['handoffs', { in_order: ['billing'] }],
    ['no_loops', { repeats: 1 }],
    ['limits', { tool_calls: 1 }],
    ['not', [{ answer: 'Yes' }]],
  ])('%s says why it fails: %j', async (key, value) => {
    const made = [call('get', { id: 17 }), call('get', { id: 17 }), says('Yes')];
    const { status, reason } = await verdictOf(trajectoryOf(made), key, value);
    expect(status).toBe('fail');
    expect(reason.length).toBeGreaterThan(10);
  });
});

describe('settings that are misspelt', () => {
  it.each<[expectations: Record<string, unknown>, words: string]>([
    [{ calls: { exakt: ['a'] } }, 'exakt'],
    [{ calls: { exact: ['a'], args: 'exakt' } }, 'args'],
    [{ calls: { exact: [{ a: {}, staus: 'ok' }] } }, 'status'],
    [{ nevr: ['a'] }, 'nevr'],
    [{ limits: { tool_call: 1 } }, 'tool_call'],
    [{ no_loops: { repeat: 1 } }, 'repeat'],
    [{ before: [{ first: 'a', than: 'b' }] }, 'than'],
    [{ last: { of: 'a', ist: 'b' } }, 'ist'],
    [{ totals: [{ of: 'a', arg: 'b', most: 1 }] }, 'most'],
    [{ handoffs: { alowed: {} } }, 'alowed'],
  ])('%j is refused', async (expectations, words) => {
    const judged = judge(trajectoryOf([call('a')]), expectations);
    await expect(judged).rejects.toMatchObject({ code: 'suite_fault' });
    await expect(judged).rejects.toThrow(words);
  });
});
