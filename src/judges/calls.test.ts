import { describe, expect, it } from 'vitest';
import { call, type MadeCall, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { Alignment } from '../model/alignment.ts';
import type { Tools } from '../model/tool.ts';
import { judge } from './judge-trajectory.ts';
import { verdictOf } from './verdict.test-support.ts';

const order = call('get_order', { order_id: '1042' }, { result: { total: 42.5, lines: [1] } });
const refund = call('refund_order', { order_id: '1042', amount: 50 }, { result: { done: true } });
const shop = [order, refund, says('Refunded.')];

interface Row {
  name: string;
  parts?: Parameters<typeof trajectoryOf>[0];
  value: unknown;
  status: 'pass' | 'fail' | 'error';
  score?: number;
  /** What a person must be able to read in the reason. */
  reason?: readonly string[];
  evidence?: readonly number[];
}

const rows: Row[] = [
  {
    name: 'says which step, which argument, what it was and what was wanted',
    value: {
      exact: [
        { get_order: { order_id: '1042' } },
        { refund_order: { order_id: '1042', amount: 42.5 } },
      ],
    },
    status: 'fail',
    score: 1 / 3,
    reason: ['Step 2', 'refund_order', 'amount 50', 'wanted 42.5'],
    evidence: [2],
  },
  {
    name: 'says what was captured where a ref differs',
    value: {
      in_order: [
        { get_order: { order_id: '1042' }, result: { total: { $as: 'total' } } },
        { refund_order: { order_id: '1042', amount: { $lte: { $ref: 'total' } } } },
      ],
    },
    status: 'fail',
    score: 0.5,
    reason: ['Step 2', 'amount 50', 'at most 42.5', 'total'],
  },
  {
    name: 'names an argument that is not wanted, and one that is missing',
    value: { in_order: [{ refund_order: { order_id: '1042', currency: 'EUR' } }] },
    status: 'fail',
    reason: ['Step 2', 'no currency, wanted "EUR"', 'amount 50', 'no such argument'],
  },
  {
    name: 'names the path of an argument deep inside',
    parts: [call('book', { stay: { rooms: [{ beds: 1 }] } })],
    value: { exact: [{ book: { stay: { rooms: [{ beds: 2 }] } } }] },
    status: 'fail',
    reason: ['Step 0', 'stay.rooms[0].beds', '1', 'wanted 2'],
  },
  {
    name: 'names the part of a result that differs',
    value: { in_order: [{ tool: 'get_order', result: { total: 40 } }] },
    status: 'fail',
    reason: ['Step 0', 'result.total 42.5', 'wanted 40'],
  },
  {
    name: 'names a state that differs',
    parts: [call('pay', {}, { status: 'blocked' })],
    value: { in_order: [{ tool: 'pay', status: 'ok' }] },
    status: 'fail',
    reason: ['Step 0', 'status', 'blocked', 'ok'],
  },
  {
    name: 'names a call that nobody made',
    value: { in_order: ['get_order', { cancel_order: { order_id: '1042' } }] },
    status: 'fail',
    score: 0.5,
    reason: ['No call of cancel_order', 'order_id', '1042'],
  },
  {
    name: 'names a call that is not allowed',
    value: { exact: ['get_order'] },
    status: 'fail',
    score: 0.5,
    reason: ['Step 2', 'refund_order', 'amount: 50', 'exact'],
    evidence: [2],
  },
  {
    name: 'tells a call out of order from one with wrong arguments',
    value: { in_order: ['refund_order', 'get_order'] },
    status: 'fail',
    score: 0.5,
    reason: ['Step 2', 'refund_order', 'out of order'],
  },
  {
    name: 'says what cannot be compared',
    parts: [call('pay', { id: 2 ** 53 + 2 })],
    value: { exact: [{ pay: { id: 7 } }] },
    status: 'fail',
    reason: ['Step 0', 'id 9007199254740994', 'wanted 7', 'cannot be compared'],
  },
  {
    name: 'says that arguments are not known',
    parts: [{ tool: 'pay' }],
    value: { exact: [{ pay: { id: 7 } }] },
    status: 'fail',
    reason: ['Step 0', 'pay', 'not known'],
  },
  {
    name: 'lets a pattern without arguments match a call whose arguments are not known',
    parts: [{ tool: 'pay' }],
    value: { exact: ['pay'] },
    status: 'pass',
    score: 1,
  },
  {
    name: 'forbids every call',
    value: { exact: [] },
    status: 'fail',
    score: 0,
    reason: ['Step 0', 'get_order', '1 more'],
    evidence: [0, 2],
  },
  {
    name: 'holds without calls',
    parts: [says('Hello')],
    value: { exact: [] },
    status: 'pass',
    score: 1,
  },
  { name: 'forbids every call in any order', value: { unordered: [] }, status: 'fail', score: 0 },
  {
    name: 'forbids every call of a subset of nothing',
    value: { subset: [] },
    status: 'fail',
    score: 0,
  },
  {
    name: 'forbids nothing with an empty in_order',
    value: { in_order: [] },
    status: 'pass',
    score: 1,
  },
  {
    name: 'counts attempts that were blocked and that failed',
    parts: [call('pay', {}, { status: 'blocked' }), call('pay', {}, { status: 'failed' })],
    value: { exact: ['pay', 'pay'] },
    status: 'pass',
  },
  {
    name: 'takes each call once',
    value: { any_order: ['get_order', 'get_order'] },
    status: 'fail',
    score: 0.5,
  },
  {
    name: 'takes each element of a subset once',
    parts: [call('a'), call('a')],
    value: { subset: ['a'] },
    status: 'fail',
    score: 0.5,
  },
  { name: 'matches whole names only', value: { any_order: ['get'] }, status: 'fail', score: 0 },
  { name: 'matches names with a wildcard', value: { exact: ['get_*', '*_order'] }, status: 'pass' },
  { name: 'tells cases apart', value: { any_order: ['Get_Order'] }, status: 'fail' },
  {
    name: 'has none or that many',
    parts: [call('a'), call('b'), call('b')],
    value: { exact: ['a', { b: {}, times: 2, optional: true }] },
    status: 'pass',
  },
  {
    name: 'has none of none or that many',
    parts: [call('a')],
    value: { exact: ['a', { b: {}, times: 2, optional: true }] },
    status: 'pass',
  },
  {
    name: 'refuses one of none or that many',
    parts: [call('a'), call('b')],
    value: { exact: ['a', { b: {}, times: 2, optional: true }] },
    status: 'fail',
    score: 2 / 3,
  },
  {
    name: 'takes times with no max as unbounded',
    parts: [call('a'), call('a'), call('a')],
    value: { exact: [{ a: {}, times: { min: 2 } }] },
    status: 'pass',
  },
  {
    name: 'takes one of a group',
    parts: [call('b'), call('c')],
    value: { exact: [{ one_of: ['a', 'b'] }, 'c'] },
    status: 'pass',
  },
  {
    name: 'takes a group in any order, between its neighbours',
    parts: [call('s'), call('b'), call('a'), call('e')],
    value: { exact: ['s', { any_order: ['a', 'b'] }, 'e'] },
    status: 'pass',
  },
  {
    name: 'keeps a group together with its place',
    parts: [call('a'), call('e'), call('b')],
    value: { in_order: [{ any_order: ['a', 'b'] }, 'e'] },
    status: 'fail',
    score: 2 / 3,
  },
  {
    name: 'holds for some order of calls issued together',
    parts: [call('b', {}, { parallel: 'm1' }), call('a', {}, { parallel: 'm1' })],
    value: { exact: ['a', 'b'] },
    status: 'pass',
  },
  {
    name: 'holds for some order inside each group only',
    parts: [call('b', {}, { parallel: 'm1' }), call('a', {}, { parallel: 'm2' })],
    value: { exact: ['a', 'b'] },
    status: 'fail',
  },
  {
    name: 'lets calls issued together change places around another call',
    parts: [call('b', {}, { parallel: 'm1' }), call('x'), call('a', {}, { parallel: 'm1' })],
    value: { exact: ['a', 'x', 'b'] },
    status: 'pass',
  },
  {
    name: 'leaves the calls of the user out',
    parts: [call('pay', {}, { actor: 'user' }), call('get', {}, { actor: 'billing' })],
    value: { exact: ['get'] },
    status: 'pass',
  },
  {
    name: 'looks at the calls of the user where among names them',
    parts: [call('pay', {}, { actor: 'user' }), call('get')],
    value: { exact: ['pay'], among: { actor: 'user' } },
    status: 'pass',
  },
  {
    name: 'looks at everybody with a star',
    parts: [call('pay', {}, { actor: 'user' }), call('get')],
    value: { exact: ['pay', 'get'], among: { actor: '*' } },
    status: 'pass',
  },
  {
    name: 'sees arguments in part where the block says so',
    value: { exact: ['get_order', { refund_order: { amount: 50 } }], args: 'partial' },
    status: 'pass',
  },
  {
    name: 'sees lists in any order where the block says so',
    parts: [call('mail', { to: ['b', 'a'] })],
    value: { exact: [{ mail: { to: ['a', 'b'] } }], lists: 'unordered' },
    status: 'pass',
  },
  {
    name: 'compares lists in order else',
    parts: [call('mail', { to: ['b', 'a'] })],
    value: { exact: [{ mail: { to: ['a', 'b'] } }] },
    status: 'fail',
  },
  {
    name: 'compares results in part',
    value: { in_order: [{ tool: 'get_order', result: { total: 42.5 } }] },
    status: 'pass',
  },
  {
    name: 'reads a result that is not there as no',
    parts: [call('get', {}, { status: 'unknown' })],
    value: { in_order: [{ tool: 'get', result: { $any: true } }] },
    status: 'fail',
  },
  {
    name: 'finds errors by their parts',
    parts: [call('get', {}, { status: 'failed', error: { code: 'timeout', message: 'Late' } })],
    value: { in_order: [{ tool: 'get', error: { code: 'timeout' } }] },
    status: 'pass',
  },
  {
    name: 'finds no error in a call that went well',
    value: { in_order: [{ tool: 'get_order', error: { $any: true } }] },
    status: 'fail',
  },
  {
    name: 'makes a name that is captured twice equal',
    parts: [call('a', { x: 1 }), call('b', { x: 2 })],
    value: { exact: [{ a: { x: { $as: 'v' } } }, { b: { x: { $as: 'v' } } }] },
    status: 'fail',
  },
  {
    name: 'binds a ref by any element where there is no order',
    parts: [call('b', { x: 1 }), call('a', { x: 1 })],
    value: { unordered: [{ b: { x: { $ref: 'v' } } }, { a: { x: { $as: 'v' } } }] },
    status: 'pass',
  },
  {
    name: 'does not bind a ref by a later element where there is one',
    parts: [call('b', { x: 1 }), call('a', { x: 1 })],
    value: { exact: [{ b: { x: { $ref: 'v' } } }, { a: { x: { $as: 'v' } } }] },
    status: 'fail',
  },
  {
    name: 'reads a long form for a tool named like a modifier',
    parts: [call('status', { x: 1 })],
    value: { exact: [{ tool: 'status', args: { x: 1 } }] },
    status: 'pass',
  },
  {
    name: 'counts per tool',
    value: { count: { get_order: 2, refund_order: { max: 0 } } },
    status: 'fail',
    score: 1 / 3,
    reason: ['get_order', 'once', 'refund_order'],
  },
  {
    name: 'counts nothing as nothing',
    parts: [says('Hello')],
    value: { count: { pay: 0 } },
    status: 'pass',
    score: 1,
  },
];

describe('calls', () => {
  it.each(rows)('$name', async ({ parts = shop, value, status, score, reason = [], evidence }) => {
    const verdict = await verdictOf(trajectoryOf(parts), 'calls', value);
    expect(verdict.status).toBe(status);
    if (score !== undefined) expect(verdict.score).toBeCloseTo(score, 12);
    for (const words of reason) expect(verdict.reason).toContain(words);
    if (evidence) expect(verdict.evidence).toEqual(evidence);
  });

  it('gives each block its own verdict, named by its place and mode', async () => {
    const value = [{ in_order: ['get_order'] }, { exact: ['get_order'] }, { count: { pay: 0 } }];
    const { verdicts } = await judge(trajectoryOf(shop), { calls: value });
    expect(verdicts.map(({ path, status }) => [path, status])).toEqual([
      ['expect.stop', 'pass'],
      ['expect.calls.0.in_order', 'pass'],
      ['expect.calls.1.exact', 'fail'],
      ['expect.calls.2.count', 'pass'],
    ]);
  });

  it('does not say that nobody made a call which was made too seldom', async () => {
    const value = { in_order: [{ tool: 'get_order', times: 3 }] };
    const { reason } = await verdictOf(trajectoryOf(shop), 'calls', value);
    expect(reason).toContain('get_order');
    expect(reason).not.toMatch(/^No call of get_order/);
  });

  it('pairs what is missing with the calls that differ in the fewest arguments', async () => {
    const parts = [call('t', { a: 1, b: 9, c: 9 }), call('t', { a: 1, b: 2, c: 9 })];
    const value = { any_order: [{ t: { a: 1, b: 2, c: 3 } }] };
    const verdict = await verdictOf(trajectoryOf(parts), 'calls', value);
    const { alignment } = verdict.details as { alignment: Alignment }; // details of calls
    expect(alignment).toMatchObject({ mode: 'any_order', matched: 0, missing: 1, unexpected: 0 });
    expect(alignment.items).toContainEqual(
      expect.objectContaining({
        kind: 'near',
        element: 0,
        step: 2,
        differences: [expect.objectContaining({ path: 'c', kind: 'differs', was: 9 })],
      }),
    );
    expect(verdict.evidence).toEqual([2]);
  });

  it('pairs the earliest call where several are equally near', async () => {
    const parts = [call('t', { a: 8 }), call('t', { a: 9 })];
    const verdict = await verdictOf(trajectoryOf(parts), 'calls', { exact: [{ t: { a: 1 } }] });
    expect(verdict.reason).toContain('Step 0');
    expect(verdict.reason).toContain('a 8');
  });

  it('shows every call and element of a failed block once', async () => {
    const parts = [call('a'), call('x'), call('b', { n: 1 }), call('y')];
    const value = { exact: ['a', { b: { n: 2 } }, 'c'] };
    const verdict = await verdictOf(trajectoryOf(parts), 'calls', value);
    const { alignment } = verdict.details as { alignment: Alignment }; // details of calls
    const shown = alignment.items.map(({ kind, element, step }) => [kind, element, step]);
    expect(shown.toSorted()).toEqual(
      [
        ['matched', 0, 0],
        ['unexpected', undefined, 2],
        ['near', 1, 4],
        ['unexpected', undefined, 6],
        ['missing', 2, undefined],
      ].toSorted(),
    );
    expect(alignment).toMatchObject({ matched: 1, missing: 2, unexpected: 3 });
    expect(verdict.score).toBeCloseTo(1 / 6, 12);
  });
});

const tools: Tools = {
  read: { effect: 'read' },
  write: { effect: 'write' },
  destroy: { effect: 'irreversible' },
  strange: {},
};

describe('among', () => {
  const made: MadeCall[] = [
    call('read'),
    call('write'),
    call('write', {}, { status: 'failed' }),
    call('destroy', {}, { status: 'unknown' }),
    call('strange', {}, { status: 'blocked' }),
    call('undeclared'),
  ];

  it.each<[unknown, readonly string[]]>([
    [{ effect: 'write' }, ['write', 'write', 'destroy', 'strange', 'undeclared']],
    [{ effect: 'irreversible' }, ['destroy', 'strange', 'undeclared']],
    [{ effect: 'read' }, ['read', 'strange', 'undeclared']],
    [{ effect: 'write', status: 'ok' }, ['write', 'destroy', 'undeclared']],
    [{ status: ['failed', 'blocked'] }, ['write', 'destroy', 'strange']],
    [{ status: 'unknown' }, ['destroy']],
    [{ tools: ['w*', 'read'] }, ['read', 'write', 'write']],
  ])('%j chooses %j', async (among, names) => {
    const value = { exact: [...names], among };
    const { status } = await verdictOf(trajectoryOf(made), 'calls', value, { tools });
    expect(status).toBe('pass');
  });

  it('takes a tool for one of every effect where no tools are declared', async () => {
    const value = { exact: [], among: { effect: 'irreversible' } };
    expect((await verdictOf(trajectoryOf([call('read')]), 'calls', value)).status).toBe('fail');
  });

  it('does not find the effect of a tool on the prototype of the tools', async () => {
    const value = { exact: ['constructor'], among: { effect: 'read' } };
    const trajectory = trajectoryOf([call('constructor')]);
    expect((await verdictOf(trajectory, 'calls', value, { tools })).status).toBe('pass');
  });
});

describe('faults of a block', () => {
  it.each<[value: unknown, words: readonly string[]]>([
    [{ exact: [], in_order: [] }, ['exactly one', 'in_order']],
    [{ among: { effect: 'read' } }, ['exactly one']],
    [{ exact: ['a'], amung: {} }, ['amung']],
    [{ exact: [{ a: {}, tims: 2 }] }, ['tims', 'times']],
    [{ exact: [{ a: {}, times: -1 }] }, ['times']],
    [{ exact: [{ a: {}, times: { min: 3, max: 2 } }] }, ['times', 'min']],
    [{ exact: [{ a: {}, optional: 'yes' }] }, ['optional']],
    [{ exact: [{ a: {}, status: 'done' }] }, ['status', 'blocked']],
    [{ exact: [{ a: null }] }, ['a']],
    [{ exact: [{ a: null, order_id: '1' }] }, ['order_id', 'indent']],
    [{ exact: [{ a: {}, b: {} }] }, ['exactly one']],
    [{ exact: [{ a: [1] }] }, ['map']],
    [{ exact: [''] }, ['name']],
    [{ exact: [{ status: { x: 1 } }] }, ['tool']],
    [{ exact: 'a' }, ['list']],
    [{ unordered: [{ any_order: ['a'] }] }, ['any_order', 'ordered modes']],
    [{ any_order: [{ one_of: ['a'] }] }, ['one_of', 'ordered modes']],
    [{ exact: [{ any_order: [] }] }, ['any_order']],
    [{ exact: [{ any_order: [{ one_of: ['a'] }] }] }, ['group']],
    [{ exact: [{ one_of: [{ a: {}, times: 2 }] }] }, ['times']],
    [{ exact: [{ one_of: [{ a: {}, optional: true }] }] }, ['optional']],
    [{ exact: [{ one_of: ['a'], times: 2 }] }, ['times']],
    [{ count: { a: -1 } }, ['count.a']],
    [{ count: { a: { min: 2, max: 1 } } }, ['min']],
    [{ count: { a: {} } }, ['min']],
    [{ exact: [], among: { effect: 'writes' } }, ['effect']],
    [{ exact: [], args: 'loose' }, ['args']],
    [
      [{ exact: [] }, { exakt: [] }],
      ['1', 'exakt'],
    ],
  ])('%j is refused', async (value, words) => {
    const judged = judge(trajectoryOf(shop), { calls: value });
    await expect(judged).rejects.toMatchObject({ name: 'AgentopsError', code: 'suite_fault' });
    const message = await judged.catch(({ message: text }: Error) => text);
    for (const word of words) expect(message).toContain(word);
  });

  it('takes a null short form that has a modifier', async () => {
    const value = { exact: [{ get_order: null, status: 'ok' }, 'refund_order'] };
    expect((await verdictOf(trajectoryOf(shop), 'calls', value)).status).toBe('pass');
  });
});
