import { describe, expect, it } from 'vitest';
import { call, type MadeCall, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { verdictOf } from './verdict.test-support.ts';

const refunds = [0.1, 0.2].map((amount) => call('refund', { amount }));

describe('totals', () => {
  it.each<
    [
      name: string,
      parts: readonly MadeCall[],
      must: unknown,
      status: string,
      reason: readonly string[],
    ]
  >([
    ['sums decimals as they are written', refunds, 0.3, 'pass', ['0.3']],
    [
      'says the sum and what was wanted',
      refunds,
      { $lte: 0.2 },
      'fail',
      ['amount', '0.3', '2 calls', 'at most 0.2'],
    ],
    ['is 0 without calls', [], 0, 'pass', []],
    [
      'sums what was tried, blocked or not',
      [call('refund', { amount: 1 }, { status: 'blocked' })],
      1,
      'pass',
      [],
    ],
    [
      'leaves the calls of the user out',
      [call('refund', { amount: 1 }, { actor: 'user' })],
      0,
      'pass',
      [],
    ],
    [
      'is an error where an amount is text',
      [call('refund', { amount: '1' })],
      { $lte: 5 },
      'error',
      ['Step 1', '"1"', 'amount'],
    ],
    [
      'is an error where there is no amount',
      [call('refund', {})],
      { $lte: 5 },
      'error',
      ['Step 1', 'amount'],
    ],
    [
      'is an error where arguments are not known',
      [{ tool: 'refund' }],
      { $lte: 5 },
      'error',
      ['Step 1'],
    ],
    [
      'is an error beyond 2^53',
      [call('refund', { amount: 2 ** 53 + 2 })],
      { $lte: 5 },
      'error',
      ['Step 1'],
    ],
    [
      'sums negative and very different numbers',
      [1e15, -1e15, 1e-9].map((amount) => call('refund', { amount })),
      1e-9,
      'pass',
      [],
    ],
  ])('%s', async (_, parts, must, status, reason) => {
    const value = [{ of: 'refund', arg: 'amount', must }];
    const verdict = await verdictOf(trajectoryOf([says('Hello'), ...parts]), 'totals', value);
    expect(verdict.status).toBe(status);
    for (const words of reason) expect(verdict.reason).toContain(words);
  });

  it('does not find an amount on the prototype of the arguments', async () => {
    const value = [{ of: 'refund', arg: 'constructor', must: 0 }];
    const verdict = await verdictOf(trajectoryOf([call('refund', {})]), 'totals', value);
    expect(verdict).toMatchObject({ status: 'error', score: null });
  });

  it('is decided by a failure though another total is in error', async () => {
    const value = [
      { of: 'refund', arg: 'note', must: 0 },
      { of: 'refund', arg: 'amount', must: { $lt: 0.3 } },
    ];
    expect((await verdictOf(trajectoryOf(refunds), 'totals', value)).status).toBe('fail');
  });
});
