import { describe, expect, it } from 'vitest';
import { call, type MadeCall, recordOf, trajectoryOf } from '../match/trajectory.test-support.ts';
import { verdictOf } from './verdict.test-support.ts';

const ask = { first: 'ask_human', then: 'refund_order' };
const same = {
  first: { ask_human: { order: { $as: 'id' } } },
  then: { refund_order: { order: { $ref: 'id' } } },
};

interface Row {
  name: string;
  parts: readonly MadeCall[];
  rules?: readonly unknown[];
  status: 'pass' | 'fail';
  reason?: readonly string[];
}

const rows: Row[] = [
  {
    name: 'holds where the first call was answered before',
    parts: [call('ask_human'), call('refund_order')],
    status: 'pass',
  },
  { name: 'holds without a call that needs it', parts: [call('get_order')], status: 'pass' },
  {
    name: 'fails without the first call',
    parts: [call('refund_order', { order: 1 })],
    status: 'fail',
    reason: ['Step 0', 'refund_order(order: 1)', 'ask_human'],
  },
  {
    name: 'fails where the first call comes later',
    parts: [call('refund_order'), call('ask_human')],
    status: 'fail',
  },
  {
    name: 'holds for each call, not for one alone',
    parts: [call('refund_order'), call('ask_human'), call('refund_order')],
    status: 'fail',
    reason: ['Step 0'],
  },
  {
    name: 'is met by one answer for many calls',
    parts: [call('ask_human'), call('refund_order'), call('refund_order')],
    status: 'pass',
  },
  {
    name: 'is not met by a first call that failed',
    parts: [call('ask_human', {}, { status: 'failed' }), call('refund_order')],
    status: 'fail',
  },
  {
    name: 'is not met by a first call that was blocked',
    parts: [call('ask_human', {}, { status: 'blocked' }), call('refund_order')],
    status: 'fail',
  },
  {
    name: 'is not met by a first call that nobody answered',
    parts: [call('ask_human', {}, { status: 'unknown' }), call('refund_order')],
    status: 'fail',
  },
  {
    name: 'sees attempts that were blocked',
    parts: [call('refund_order', {}, { status: 'blocked' })],
    status: 'fail',
  },
  {
    name: 'puts neither of two calls issued together first',
    parts: [
      call('ask_human', {}, { parallel: 'm1' }),
      call('refund_order', {}, { parallel: 'm1' }),
    ],
    status: 'fail',
  },
  {
    name: 'holds where other calls were issued together',
    parts: [
      call('ask_human', {}, { parallel: 'm1' }),
      call('get', {}, { parallel: 'm1' }),
      call('refund_order', {}, { parallel: 'm2' }),
    ],
    status: 'pass',
  },
  {
    name: 'binds the two calls by what was captured',
    parts: [call('ask_human', { order: 1 }), call('refund_order', { order: 2 })],
    rules: [same],
    status: 'fail',
    reason: ['Step 2', 'order: 2'],
  },
  {
    name: 'finds the first call that agrees among several',
    parts: [
      call('ask_human', { order: 2 }),
      call('ask_human', { order: 1 }),
      call('ask_human', { order: 3 }),
      call('refund_order', { order: 1 }),
    ],
    rules: [same],
    status: 'pass',
  },
  {
    name: 'captures from the result of the first call',
    parts: [call('search', {}, { result: { ids: [4, 5] } }), call('refund_order', { order: 5 })],
    rules: [
      { first: { tool: 'search', result: { ids: { $some: { $as: 'id' } } } }, then: same.then },
    ],
    status: 'pass',
  },
  {
    name: 'rules out what no capture agrees with',
    parts: [call('search', {}, { result: { ids: [4, 5] } }), call('refund_order', { order: 6 })],
    rules: [
      { first: { tool: 'search', result: { ids: { $some: { $as: 'id' } } } }, then: same.then },
    ],
    status: 'fail',
  },
  {
    name: 'makes a name that both capture equal',
    parts: [call('ask_human', { order: 1 }), call('refund_order', { order: 2 })],
    rules: [{ first: same.first, then: { refund_order: { order: { $as: 'id' } } } }],
    status: 'fail',
  },
  {
    name: 'reads a ref under $not as anything when it selects',
    parts: [call('refund_order', { order: 2 })],
    rules: [{ first: same.first, then: { refund_order: { order: { $not: { $ref: 'id' } } } } }],
    status: 'fail',
  },
  {
    name: 'compares its own capture where it selects',
    parts: [call('move', { from: 'a', to: 'b' })],
    rules: [{ first: 'ask_human', then: { move: { from: { $as: 'x' }, to: { $ref: 'x' } } } }],
    status: 'pass',
  },
  {
    name: 'selects in part and by what could be',
    parts: [call('refund_order', { amount: '150', order: 1 })],
    rules: [{ first: 'ask_human', then: { refund_order: { amount: { $gt: 100 } } } }],
    status: 'fail',
  },
  {
    name: 'selects calls whose arguments are not known',
    parts: [{ tool: 'refund_order' }],
    rules: [same],
    status: 'fail',
  },
  {
    name: 'is met for a call whose arguments are not known, as only a no rules the first out',
    parts: [call('ask_human', { order: 1 }), { tool: 'refund_order' }],
    rules: [same],
    status: 'pass',
  },
  {
    name: 'compares the first call in part',
    parts: [call('ask_human', { order: 1, why: 'late' }), call('refund_order', { order: 1 })],
    rules: [{ first: { ask_human: { order: 1 } }, then: 'refund_order' }],
    status: 'pass',
  },
  {
    name: 'is not met by a first call that could be the one',
    parts: [call('ask_human', { order: '1' }), call('refund_order')],
    rules: [{ first: { ask_human: { order: { $gte: 1 } } }, then: 'refund_order' }],
    status: 'fail',
  },
  {
    name: 'asks every rule',
    parts: [call('ask_human'), call('refund_order'), call('cancel_order')],
    rules: [ask, { first: 'get_order', then: 'cancel_order' }],
    status: 'fail',
    reason: ['cancel_order', 'get_order'],
  },
  {
    name: 'does not let a call stand before itself',
    parts: [call('pay')],
    rules: [{ first: 'pay', then: 'pay' }],
    status: 'fail',
  },
];

describe('before', () => {
  it.each(rows)('$name', async ({ parts, rules = [ask], status, reason = [] }) => {
    const verdict = await verdictOf(trajectoryOf(parts), 'before', rules);
    expect(verdict.status).toBe(status);
    for (const words of reason) expect(verdict.reason).toContain(words);
  });

  it('wants the result of the first call before the other call, not the call alone', async () => {
    const made = (id: string, tool: string) => ({ type: 'tool_call', id, tool, args: {} });
    const steps = [
      made('a', 'ask_human'),
      made('b', 'refund_order'),
      { type: 'tool_result', id: 'a', result: 'yes' },
      { type: 'tool_result', id: 'b', result: 'done' },
    ];
    expect((await verdictOf(recordOf(steps), 'before', [ask])).status).toBe('fail');
    const [first, second, answer, done] = steps;
    const answered = recordOf([first, answer, second, done]);
    const verdict = await verdictOf(answered, 'before', [ask]);
    expect(verdict.status).toBe('pass');
    expect(verdict.evidence).toEqual([0, 2]);
  });
});
