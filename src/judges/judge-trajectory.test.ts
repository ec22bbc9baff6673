import { describe, expect, it } from 'vitest';
import {
  asks,
  call,
  handsOver,
  recordOf,
  says,
  trajectoryOf,
} from '../match/trajectory.test-support.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { judge, prepareJudge } from './judge-trajectory.ts';

const helpful = [asks('Help'), call('get_order'), says('Here you are')];
const holds = { calls: { in_order: ['get_order'] } };
const fails = { never: ['get_order'] };
const isError = { totals: [{ of: 'get_order', arg: 'amount', must: 0 }] };

interface Row {
  name: string;
  trajectory: Trajectory;
  expect?: Record<string, unknown>;
  status: 'pass' | 'fail' | 'error';
  reason?: RegExp;
}

const ended = (more: Partial<Trajectory>) => trajectoryOf(helpful, more);

const stops: Row[] = [
  { name: 'completed', trajectory: ended({}), status: 'pass' },
  {
    name: 'completed, not as wanted',
    trajectory: ended({}),
    expect: { stop: 'agent_error' },
    status: 'fail',
  },
  { name: 'a ceiling', trajectory: ended({ stop: 'limit', limit: 'tokens' }), status: 'fail' },
  {
    name: 'a ceiling, though expect.stop accepts it',
    trajectory: ended({ stop: 'limit' }),
    expect: { stop: 'limit' },
    status: 'fail',
  },
  {
    name: 'a ceiling, though expect.stop accepts anything',
    trajectory: ended({ stop: 'limit' }),
    expect: { stop: { $any: true } },
    status: 'fail',
  },
  {
    name: 'a ceiling before anything was done',
    trajectory: recordOf([], { stop: 'limit' }),
    status: 'fail',
  },
  {
    name: 'a ceiling with a verdict in error',
    trajectory: ended({ stop: 'limit' }),
    expect: isError,
    status: 'fail',
  },
  { name: 'an agent that broke', trajectory: ended({ stop: 'agent_error' }), status: 'fail' },
  {
    name: 'an agent that broke as expected',
    trajectory: ended({ stop: 'agent_error' }),
    expect: { stop: 'agent_error' },
    status: 'pass',
  },
  {
    name: 'an agent that a person stopped',
    trajectory: ended({ stop: 'terminated' }),
    status: 'fail',
  },
  {
    name: 'an agent that a person stopped as allowed',
    trajectory: ended({ stop: 'terminated' }),
    expect: { stop: { $in: ['completed', 'terminated'] } },
    status: 'pass',
  },
  { name: 'an interrupted recording', trajectory: ended({ stop: 'interrupted' }), status: 'error' },
  {
    name: 'an interrupted recording that fails a rule',
    trajectory: ended({ stop: 'interrupted' }),
    expect: fails,
    status: 'error',
  },
  { name: 'an end that is not known', trajectory: ended({ stop: null }), status: 'error' },
  {
    name: 'an end that is not known, with a rule that fails',
    trajectory: ended({ stop: null }),
    expect: fails,
    status: 'fail',
  },
  {
    name: 'an end that is not known and accepted',
    trajectory: ended({ stop: null }),
    expect: { stop: { $in: ['completed', null] } },
    status: 'pass',
  },
  {
    name: 'an end that is not known and not accepted',
    trajectory: ended({ stop: null }),
    expect: { stop: { $in: ['completed', 'terminated'] } },
    status: 'error',
  },
];

const oddRecords: Row[] = [
  {
    name: 'an agent that neither said nor called anything',
    trajectory: trajectoryOf([asks('Help')]),
    expect: fails,
    status: 'error',
    reason: /neither said nor called/,
  },
  {
    name: 'no steps at all',
    trajectory: recordOf([]),
    expect: { calls: { exact: [] } },
    status: 'error',
    reason: /neither said nor called/,
  },
  {
    name: 'an assistant message without text',
    trajectory: trajectoryOf([says('')]),
    expect: fails,
    status: 'error',
  },
  {
    name: 'an assistant message whose content is null',
    trajectory: recordOf([{ type: 'message', role: 'assistant', content: null }]),
    expect: fails,
    status: 'error',
  },
  {
    name: 'an assistant message of reasoning alone',
    trajectory: recordOf([
      { type: 'message', role: 'assistant', content: [{ type: 'reasoning', text: 'Hm' }] },
    ]),
    expect: fails,
    status: 'error',
  },
  {
    name: 'an assistant message of empty parts',
    trajectory: recordOf([
      { type: 'message', role: 'assistant', content: [{ type: 'text', text: '' }] },
    ]),
    expect: fails,
    status: 'error',
  },
  {
    name: 'calls of the user alone',
    trajectory: trajectoryOf([call('get_order', {}, { actor: 'user' })]),
    expect: { never: ['x'] },
    status: 'error',
  },
  {
    name: 'hand-overs alone',
    trajectory: trajectoryOf([handsOver('a', 'b')]),
    expect: { never: ['x'] },
    status: 'error',
  },
  {
    name: 'calls that nobody watched',
    trajectory: ended({ calls: 'not_captured' }),
    expect: { never: ['x'] },
    status: 'error',
  },
  {
    name: 'calls that nobody watched, with an answer that fails',
    trajectory: ended({ calls: 'not_captured' }),
    expect: { never: ['x'], answer: 'No' },
    status: 'fail',
  },
  {
    name: 'calls that nobody watched and nobody asks about',
    trajectory: ended({ calls: 'not_captured' }),
    expect: { answer: 'Here you are' },
    status: 'pass',
  },
  {
    name: 'a misspelt step',
    trajectory: recordOf([...helpful.slice(0, 1), { type: 'toolcall', id: '1', tool: 'pay' }]),
    expect: { calls: { exact: [] } },
    status: 'error',
    reason: /Step 1.*toolcall.*tool_call/,
  },
  {
    name: 'a step of somebody else',
    trajectory: recordOf([{ type: 'x-span', tool: 'pay' }, says('Hello')]),
    expect: { calls: { exact: [] } },
    status: 'pass',
  },
  {
    name: 'a result that no call awaits',
    trajectory: recordOf([says('Hello'), { type: 'tool_result', id: '1', result: 1 }]),
    expect: { never: ['x'] },
    status: 'error',
    reason: /Step 1/,
  },
  {
    name: 'two unanswered calls of one id',
    trajectory: recordOf([
      { type: 'tool_call', id: '1', tool: 'a', args: {} },
      { type: 'tool_call', id: '1', tool: 'b', args: {} },
    ]),
    expect: { never: ['x'] },
    status: 'error',
    reason: /Step 1.*"1"/,
  },
  {
    name: 'a call without arguments and without a word about them',
    trajectory: recordOf([{ type: 'tool_call', id: '1', tool: 'pay' }]),
    expect: { never: ['x'] },
    status: 'error',
    reason: /Step 0/,
  },
  {
    name: 'calls without results',
    trajectory: recordOf([{ type: 'tool_call', id: '1', tool: 'get_order', args: {} }]),
    expect: holds,
    status: 'pass',
  },
  {
    name: 'blank ids',
    trajectory: recordOf([
      { type: 'tool_call', id: '', tool: 'get_order', args: {} },
      { type: 'tool_result', id: '', result: 1 },
    ]),
    expect: holds,
    status: 'pass',
  },
  {
    name: 'arguments that could not be parsed',
    trajectory: recordOf([
      {
        type: 'tool_call',
        id: '1',
        tool: 'get_order',
        args_missing: 'unparsable',
        args_raw: '{"a":',
      },
    ]),
    expect: { never: [{ get_order: { a: 1 } }] },
    status: 'fail',
  },
  {
    name: 'arguments that are no object',
    trajectory: trajectoryOf([call('get_order', [1, 2]), call('get_order', null)]),
    expect: { calls: { exact: ['get_order', 'get_order'] }, never: [{ get_order: { a: 1 } }] },
    status: 'pass',
  },
  {
    name: 'lone surrogates',
    trajectory: trajectoryOf([call('say\ud800', { text: '\udc00' }), says('\ud83d')]),
    expect: {
      calls: { exact: [{ 'say\ud800': { text: '\udc00' } }] },
      never: [{ 'say\ud800': { text: '\udc01' } }],
      answer: '\ud83d',
      no_loops: true,
    },
    status: 'pass',
  },
];

describe('judge()', () => {
  it.each([...stops, ...oddRecords])('answers $status to $name', async (row) => {
    const judged = await judge(row.trajectory, row.expect ?? holds);
    expect(judged.status).toBe(row.status);
    expect(judged.score === null).toBe(row.status === 'error');
    if (row.reason) expect(judged.reason).toMatch(row.reason);
  });

  it('decides by failures before errors, and never passes an error', async () => {
    const trajectory = trajectoryOf(helpful);
    expect((await judge(trajectory, { ...holds, ...isError })).status).toBe('error');
    expect((await judge(trajectory, { ...fails, ...isError })).status).toBe('fail');
  });

  it('scores the mean of what was asked, the implied end aside', async () => {
    const trajectory = trajectoryOf(helpful);
    const half = { calls: { exact: ['get_order', 'get_order'] } };
    expect((await judge(trajectory, { ...half, never: ['x'] })).score).toBeCloseTo(0.75, 12);
    expect((await judge(trajectory, { never: ['x'] })).score).toBe(1);
  });

  it('answers alike however often it is asked and whatever was judged between', async () => {
    const expectations = {
      before: [
        {
          first: { get_order: { id: { $as: 'v' } } },
          then: { pay: { id: { $lte: { $ref: 'v' } } } },
        },
      ],
    };
    const good = trajectoryOf([call('get_order', { id: 5 }), call('pay', { id: 4 })]);
    const bad = trajectoryOf([call('get_order', { id: 3 }), call('pay', { id: 4 })]);
    const ask = await prepareJudge(expectations);
    const first = [await ask(good), await ask(bad)];
    expect(first.map(({ status }) => status)).toEqual(['pass', 'fail']);
    expect([await ask(good), await ask(bad)]).toEqual(first);
    expect([await judge(good, expectations), await judge(bad, expectations)]).toEqual(first);
  });

  it('changes nothing in what it is given', async () => {
    const trajectory = freeze(
      trajectoryOf([asks('1042'), call('get_order', { id: [1] }), ...helpful]),
    );
    const expectations = freeze({
      calls: { in_order: [{ get_order: { id: [{ $as: 'v' }] } }, 'get_order'] },
      never: [{ pay: null }],
      grounded: { get_order: ['id'] },
      no_loops: true,
      says: ['here'],
      limits: { turns: 5 },
      not: [{ answer: 'No' }],
    });
    expect(
      (await judge(trajectory, expectations, freeze({ input: '1', tools: {} }))).status,
    ).not.toBe('error');
  });

  it.each<[expectations: Record<string, unknown>, words: string]>([
    [{ nevr: ['x'] }, 'nevr'],
    [{ constructor: true }, 'constructor'],
    [{ never: ['x'], says: { $regexp: 'a' } }, '$regex'],
    [{ not: [{ nevr: ['x'] }] }, 'nevr'],
    [{ not: [{ nevr: ['x'], answer: 'Hello' }] }, 'nevr'],
    [{ not: [{ calls: { exakt: [] } }] }, 'exakt'],
    [{ not: [{ never: [{ a: {}, b: {} }] }] }, 'exactly one'],
    [{ not: [{ not: [{ limits: {} }] }] }, 'ceiling'],
    [{ not: {} }, 'not'],
    [{ not: [] }, 'not'],
  ])('refuses %j by name', async (expectations, words) => {
    const judged = judge(trajectoryOf(helpful), expectations);
    await expect(judged).rejects.toMatchObject({ name: 'AgentopsError', code: 'suite_fault' });
    await expect(judged).rejects.toThrow(words);
  });
});

/** Freezes a value at every depth. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}

describe('tools and arguments with names that objects have by nature', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s', async (name) => {
    const args = Object.fromEntries([[name, { [name]: 1 }]]);
    const trajectory = trajectoryOf([
      asks(name),
      call(name, args, { actor: name }),
      handsOver(name, 'b'),
      says(name),
    ]);
    const own = (value: unknown) => Object.fromEntries([[name, value]]);
    const expectations = {
      calls: [
        { exact: [{ tool: name, args, actor: name }] },
        { count: own(1) },
        { exact: [name], among: { effect: 'irreversible', actor: name } },
        { exact: [own({ $rest: { $type: 'object' } })] },
      ],
      never: [own({ [name]: 2 }), { tool: 'other', args }],
      totals: [{ of: name, arg: 'amount', must: 0 }],
      handoffs: { allowed: own(['b']) },
      limits: { repeats: 1 },
      no_loops: { poll: [name] },
      grounded: own([name]),
    };
    const judged = await judge(trajectory, expectations, { tools: {} });
    const status = Object.fromEntries(judged.verdicts.map((one) => [one.path, one.status]));
    const { 'expect.totals': total, 'expect.grounded': grounded, ...others } = status;
    expect(new Set(Object.values(others))).toEqual(new Set(['pass']));
    expect(total).toBe('error'); // that argument is not there
    expect(grounded).toBe('fail'); // nobody said 1
  });

  it('allows no hand-over from an actor that only the prototype knows', async () => {
    const trajectory = trajectoryOf([handsOver('constructor', 'name'), says('Hello')]);
    const { status } = await judge(trajectory, { handoffs: { allowed: { triage: ['billing'] } } });
    expect(status).toBe('fail');
  });
});

describe('judge() of a record that is none', () => {
  const whole = recordOf([says('Done')]);
  it.each<[name: string, record: unknown, reason: RegExp]>([
    ['nothing', null, /Expected an object, found null/],
    ['a newer version', { ...whole, schema_version: 2 }, /"schema_version" is 2, newer than 1/],
    ['no version', { ...whole, schema_version: undefined }, /"schema_version"/],
    ['no steps', { ...whole, steps: undefined }, /"steps"/],
    ['an unknown end', { ...whole, stop: 'weird' }, /stop/],
    ['a step that is none', { ...whole, steps: [null] }, /Step 0 is null, expected an object/],
  ])('is an error, for %s', async (_, record, reason) => {
    const judged = await judge(record as Trajectory, { stop: { $any: true }, never: ['pay'] });
    expect(judged.status).toBe('error');
    expect(judged.reason).toMatch(reason);
  });
});
