import { describe, expect, it } from 'vitest';
import { call, type MadeCall, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { judge } from './judge-trajectory.ts';
import { verdictOf } from './verdict.test-support.ts';

const refund = call('refund_order', { order_id: '1042', amount: 150, to: ['bob', 'eve'] });

interface Row {
  name: string;
  parts?: readonly MadeCall[];
  value: readonly unknown[];
  status: 'pass' | 'fail';
  reason?: readonly string[];
}

const rows: Row[] = [
  { name: 'allows what was not tried', value: ['cancel_order'], status: 'pass' },
  {
    name: 'forbids a tool by its name',
    value: ['refund_order'],
    status: 'fail',
    reason: ['Step 0', 'refund_order', 'amount: 150'],
  },
  {
    name: 'forbids a tool with any arguments under a null short form',
    value: [{ refund_order: null }],
    status: 'fail',
  },
  {
    name: 'forbids a tool with any arguments under an empty map',
    value: [{ refund_order: {} }],
    status: 'fail',
  },
  {
    name: 'compares arguments in part',
    value: [{ refund_order: { order_id: '1042' } }],
    status: 'fail',
  },
  {
    name: 'allows other arguments',
    value: [{ refund_order: { amount: { $gt: 200 } } }],
    status: 'pass',
  },
  {
    name: 'finds a list element among others',
    value: [{ refund_order: { to: ['eve'] } }],
    status: 'fail',
  },
  {
    name: 'wants an element of its own for each',
    value: [{ refund_order: { to: ['eve', 'eve'] } }],
    status: 'pass',
  },
  {
    name: 'is not slipped past by a number written as text',
    parts: [call('refund_order', { amount: '150' })],
    value: [{ refund_order: { amount: { $gt: 100 } } }],
    status: 'fail',
  },
  {
    name: 'is not slipped past by a number beyond 2^53',
    parts: [call('pay', { id: 2 ** 53 + 2 })],
    value: [{ pay: { id: 2 ** 53 + 4 } }],
    status: 'fail',
  },
  {
    name: 'is not slipped past by arguments that were not captured',
    parts: [{ tool: 'refund_order' }],
    value: [{ refund_order: { amount: { $gt: 100 } } }],
    status: 'fail',
    reason: ['not known'],
  },
  {
    name: 'is slipped past by no other tool whose arguments are unknown',
    parts: [{ tool: 'get_order' }],
    value: [{ refund_order: { amount: { $gt: 100 } } }],
    status: 'pass',
  },
  {
    name: 'leaves alone an argument that is not there',
    parts: [call('refund_order', {})],
    value: [{ refund_order: { amount: { $gt: 100 } } }],
    status: 'pass',
  },
  {
    name: 'sees attempts that were blocked',
    parts: [call('refund_order', {}, { status: 'blocked' })],
    value: ['refund_order'],
    status: 'fail',
    reason: ['blocked'],
  },
  {
    name: 'sees attempts that failed',
    parts: [call('refund_order', {}, { status: 'failed' })],
    value: ['refund_order'],
    status: 'fail',
  },
  {
    name: 'sees attempts that nobody answered',
    parts: [call('refund_order', {}, { status: 'unknown' })],
    value: [{ tool: 'refund_order', status: 'ok' }],
    status: 'fail',
  },
  {
    name: 'keeps to a state that is asked for',
    parts: [call('refund_order', {}, { status: 'blocked' })],
    value: [{ tool: 'refund_order', status: 'ok' }],
    status: 'pass',
  },
  {
    name: 'takes a result that is not there for one that could be',
    parts: [call('read', {}, { status: 'unknown' })],
    value: [{ tool: 'read', result: { secret: true } }],
    status: 'fail',
  },
  {
    name: 'keeps to an actor that is asked for',
    parts: [call('pay', {}, { actor: 'billing' })],
    value: [{ tool: 'pay', actor: 'triage' }],
    status: 'pass',
  },
  {
    name: 'leaves the calls of the user out',
    parts: [call('pay', {}, { actor: 'user' }), call('get')],
    value: ['pay'],
    status: 'pass',
  },
  {
    name: 'takes a wildcard over whole names',
    parts: [call('delete_account')],
    value: ['delete_*'],
    status: 'fail',
  },
  {
    name: 'does not take a name for the start of another',
    parts: [call('send_money')],
    value: ['send'],
    status: 'pass',
  },
  {
    name: 'takes an unbound ref for a match',
    value: [{ refund_order: { amount: { $ref: 'nothing' } } }],
    status: 'fail',
  },
  {
    name: 'keeps exactness under $not in a selecting pattern',
    parts: [call('send', { to: 'bob@shop.example' })],
    value: [{ send: { to: { $not: { $ends_with: '@shop.example' } } } }],
    status: 'pass',
  },
  {
    name: 'takes a text that is no text for one outside',
    parts: [call('send', { to: ['eve@evil.example'] })],
    value: [{ send: { to: { $not: { $ends_with: '@shop.example' } } } }],
    status: 'fail',
  },
];

describe('never', () => {
  it.each(rows)('$name', async ({ parts = [refund], value, status, reason = [] }) => {
    const verdict = await verdictOf(trajectoryOf([...parts, says('Done')]), 'never', value);
    expect(verdict.status).toBe(status);
    expect(verdict.score).toBe(status === 'pass' ? 1 : 0);
    for (const words of reason) expect(verdict.reason).toContain(words);
  });

  it('shows every step that is at fault, and names the rule that the first one breaks', async () => {
    const parts = [
      call('pay', { amount: 5, to: 'eve' }),
      call('get'),
      call('pay', { amount: 500 }),
    ];
    const value = [{ pay: { amount: { $gt: 100 } } }, { pay: { to: 'eve' } }];
    const verdict = await verdictOf(trajectoryOf(parts), 'never', value);
    expect(verdict.evidence).toEqual([0, 4]);
    expect(verdict.reason).toMatch(/^Step 0 .*never allows: pay\(to: "eve"\)/);
    expect(verdict.reason).toContain('1 more');
  });

  it('names the tool that was called where a rule with a wildcard stands before the rule of the tool', async () => {
    const parts = [call('delete_account', { id: 7 })];
    const value = [{ '*': { id: 8 } }, { delete_account: { id: 7 } }];
    const { reason } = await verdictOf(trajectoryOf(parts), 'never', value);
    expect(reason).toContain('never allows: delete_account(id: 7)');
  });

  it.each<[unknown, string]>([
    [[], 'never'],
    ['pay', 'never'],
    [[{ pay: {}, times: 2 }], 'times'],
    [[{ pay: {}, optional: true }], 'optional'],
    [[{ any_order: ['pay'] }], 'any_order'],
    [[{ pay: { amount: { $gtt: 1 } } }], '$gt'],
  ])('%j is refused', async (value, words) => {
    const judged = judge(trajectoryOf([refund]), { never: value });
    await expect(judged).rejects.toMatchObject({ code: 'suite_fault' });
    await expect(judged).rejects.toThrow(words);
  });
});
