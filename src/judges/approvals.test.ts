import { describe, expect, test } from 'vitest';
import { recordOf } from '../match/trajectory.test-support.ts';
import type { Policy } from '../model/policy.ts';
import type { Tools } from '../model/tool.ts';
import type { Step } from '../model/trajectory.ts';
import { verdictOf } from './verdict.test-support.ts';

const asks = (id: string, tool = 'refund', args: unknown = { amount: 500 }): Step => ({
  type: 'tool_call',
  id,
  tool,
  ...(args === undefined ? { args_missing: 'not_captured' } : { args }),
});
const says = (id: string, decision: string, more: object = {}): Step =>
  ({ type: 'approval', id, decision, ...more }) as Step; // the decisions are known ones
const done = (id: string): Step => ({ type: 'tool_result', id, result: 'done' });
const stopped = (id: string, blocked: string | boolean): Step => ({
  type: 'tool_result',
  id,
  blocked,
});
const unseen = (id: string): Step => ({
  type: 'tool_call',
  id,
  tool: 'refund',
  args_missing: 'not_captured',
});

const tools: Tools = Object.assign(Object.create(null), {
  refund: { effect: 'irreversible' },
  note: { effect: 'write' },
  look: { effect: 'read' },
});

async function statusOf(
  key: string,
  value: unknown,
  steps: readonly Step[],
  policy: Policy = {},
): Promise<string> {
  return (await verdictOf(recordOf(steps), key, value, { tools, policy })).status;
}

/** What is decided of an expectation and of its `not`: unknown helps neither. */
async function both(key: string, value: unknown, steps: readonly Step[], policy?: Policy) {
  const plain = await statusOf(key, value, steps, policy);
  return [plain, await statusOf('not', [{ [key]: value }], steps, policy)].join(' ');
}

describe('approved', () => {
  const large = [{ refund: { amount: { $gt: 100 } } }];

  test.each<[string, unknown, Step[], string]>([
    ['approved', large, [asks('a'), says('a', 'approve'), done('a')], 'pass fail'],
    ['not approved', large, [asks('a'), done('a')], 'fail pass'],
    ['approved too late', large, [asks('a'), done('a'), says('a', 'approve')], 'fail pass'],
    ['denied', large, [asks('a'), says('a', 'deny'), done('a')], 'fail pass'],
    [
      'for another tool',
      large,
      [says('a', 'approve', { tool: 'look' }), asks('a'), done('a')],
      'fail pass',
    ],
    [
      'for this one',
      large,
      [says('a', 'approve', { tool: 'refund' }), asks('a'), done('a')],
      'pass fail',
    ],
    [
      'by nobody',
      large,
      [asks('a'), says('a', 'approve', { by: 'nobody' }), done('a')],
      'fail pass',
    ],
    [
      'arguments as JSON in a text',
      large,
      [asks('a', 'refund', '{"amount":500}'), done('a')],
      'fail fail',
    ],
    ['never ran', large, [asks('a'), stopped('a', 'policy')], 'pass fail'],
    ['no result', large, [asks('a')], 'fail fail'],
    ['arguments that nobody saw', large, [unseen('a'), done('a')], 'fail fail'],
    [
      'a text for a number',
      large,
      [asks('a', 'refund', { amount: '500' }), done('a')],
      'fail fail',
    ],
    [
      'modified to nobody knows what',
      large,
      [asks('a'), says('a', 'modify'), done('a')],
      'fail fail',
    ],
    ['a small one', large, [asks('a', 'refund', { amount: 1 }), done('a')], 'pass fail'],
    ['irreversible', 'irreversible', [asks('a'), done('a')], 'fail pass'],
    ['a write', 'irreversible', [asks('a', 'note'), done('a')], 'pass fail'],
    ['a write', 'write', [asks('a', 'note'), done('a')], 'fail pass'],
    ['irreversible is a write', 'write', [asks('a'), done('a')], 'fail pass'],
    ['a read', 'write', [asks('a', 'look'), done('a')], 'pass fail'],
    ['an undeclared tool', 'irreversible', [asks('a', 'constructor'), done('a')], 'fail pass'],
  ])('%s: %j', async (_, value, steps, wanted) => {
    expect(await both('approved', value, steps)).toBe(wanted);
  });

  test('leaves the approval tool out', async () => {
    const steps = [asks('q', 'ask_human', {}), done('q')];
    expect(await statusOf('approved', 'write', steps, { approval_tool: 'ask_human' })).toBe('pass');
    expect(await statusOf('approved', 'write', steps)).toBe('fail');
  });

  test.each(['read', [], ['']])('cannot be %j', async (value) => {
    await expect(statusOf('approved', value, [])).rejects.toThrow('approved');
  });
});

describe('blocked', () => {
  const named = [{ refund: { amount: 500 } }];

  test.each<[string, unknown, Step[], string]>([
    ['by the policy', named, [asks('a'), stopped('a', 'policy')], 'pass fail'],
    ['by a person', named, [asks('a'), stopped('a', 'approval')], 'pass fail'],
    ['by nobody knows whom', named, [asks('a'), stopped('a', true)], 'pass fail'],
    ['by a ceiling', named, [asks('a'), stopped('a', 'limit')], 'fail pass'],
    ['it ran', named, [asks('a'), done('a')], 'fail pass'],
    ['never attempted', named, [asks('a', 'look'), stopped('a', 'policy')], 'fail pass'],
    ['no result', named, [asks('a')], 'fail fail'],
    ['arguments that nobody saw', named, [unseen('a'), stopped('a', 'policy')], 'fail fail'],
    [
      'in part',
      named,
      [asks('a', 'refund', { x: 1, amount: 500 }), stopped('a', 'policy')],
      'pass fail',
    ],
    ['only one of two', [...named, 'look'], [asks('a'), stopped('a', 'policy')], 'fail pass'],
    [
      'a list in part',
      [{ send: { to: ['a'] } }],
      [asks('a', 'send', { to: ['a', 'b'] }), stopped('a', 'policy')],
      'fail pass',
    ],
  ])('%s', async (_, value, steps, wanted) => {
    expect(await both('blocked', value, steps)).toBe(wanted);
  });
});

describe('approval_requests', () => {
  const policy: Policy = {
    approve: [{ refund: { amount: { $gt: 100 } } }],
    approval_tool: 'ask_human',
  };
  const request = (id: string, args: unknown, tool = 'refund') => [
    asks(id, 'ask_human', { tool, args }),
    says(id, 'approve'),
    done(id),
  ];
  const two = [
    ...[asks('a'), says('a', 'approve'), done('a')],
    ...[asks('b', 'refund', { amount: 600 }), says('b', 'deny'), stopped('b', 'approval')],
  ];

  test.each<[string, unknown, Step[], string]>([
    ['nobody was asked', 'needed', [asks('a', 'look'), done('a')], 'pass'],
    ['as needed', 'needed', two, 'pass'],
    ['one more than the ceiling', { max: 1 }, two, 'fail'],
    ['as many as the ceiling', { max: 2, needed: true }, two, 'pass'],
    [
      'not needed',
      'needed',
      [asks('a', 'refund', { amount: 5 }), says('a', 'approve'), done('a')],
      'fail',
    ],
    [
      'not needed, under a ceiling',
      { max: 1 },
      [asks('a', 'look'), says('a', 'approve'), done('a')],
      'pass',
    ],
    ['twice the same', 'needed', [...two, asks('c'), says('c', 'approve'), done('c')], 'fail'],
    [
      'twice the same, reordered',
      'needed',
      [
        ...[
          asks('a', 'refund', { x: 1, amount: 500 }),
          says('a', 'deny'),
          stopped('a', 'approval'),
        ],
        ...[
          asks('b', 'refund', { amount: 500, x: 1 }),
          says('b', 'deny'),
          stopped('b', 'approval'),
        ],
      ],
      'fail',
    ],
    ['with the tool', 'needed', request('q', { amount: 500 }), 'pass'],
    ['with the tool, not needed', 'needed', request('q', { amount: 5 }), 'fail'],
    ['with the tool, about another tool', 'needed', request('q', {}, 'look'), 'fail'],
    [
      'with the tool, twice',
      'needed',
      [...request('q', { amount: 500 }), ...request('r', { amount: 500 })],
      'fail',
    ],
    [
      'with the tool, without a tool',
      'needed',
      [asks('q', 'ask_human', { question: 'May I?' }), done('q')],
      'error',
    ],
    [
      'with the tool, and the call that it let run',
      { max: 1, needed: true },
      [
        ...request('q', { amount: 500 }),
        ...[asks('a'), says('a', 'approve', { by: 'ask_human' }), done('a')],
      ],
      'pass',
    ],
    [
      'an unasked decision beside it',
      { max: 1 },
      [
        ...request('q', { amount: 500 }),
        asks('a'),
        says('a', 'approve', { by: 'human' }),
        done('a'),
      ],
      'fail',
    ],
    [
      'a request that led to no call, about nobody knows what',
      'needed',
      [says('z', 'deny')],
      'error',
    ],
    ['a request that led to no call', 'needed', [says('z', 'deny', { tool: 'refund' })], 'pass'],
    ['not needed, and led to no call', 'needed', [says('z', 'deny', { tool: 'look' })], 'fail'],
    [
      'with the tool, and a call against what it said',
      'needed',
      [
        ...[
          asks('q', 'ask_human', { tool: 'refund', arguments: { amount: 500 } }),
          says('q', 'deny'),
          done('q'),
        ],
        ...[asks('a'), says('a', 'deny', { by: 'human', asked: 'q' }), stopped('a', 'approval')],
      ],
      'pass',
    ],
    ['a request that led to no call', { max: 0 }, [says('z', 'deny')], 'fail'],
    [
      'changed before the call to what needs none',
      'needed',
      [
        says('a', 'modify', { tool: 'refund', args: { amount: 40 }, asked_args: { amount: 550 } }),
        ...[asks('a', 'refund', { amount: 40 }), done('a')],
      ],
      'pass',
    ],
    ...([5, 500] as const).map((amount): [string, unknown, Step[], string] => [
      'about what is known, and led to no call',
      'needed',
      [says('z', 'deny', { tool: 'refund', asked_args: { amount } })],
      amount === 500 ? 'pass' : 'fail',
    ]),
    [
      'without an id, and the call that it let run',
      { max: 1, needed: true },
      [
        { type: 'approval', tool: 'refund', decision: 'approve' },
        ...[asks('a'), says('a', 'approve', { asked_before: true }), done('a')],
      ],
      'pass',
    ],
  ])('%s: %j', async (_, value, steps, wanted) => {
    expect(await statusOf('approval_requests', value, steps, policy)).toBe(wanted);
  });

  test('without policy.approve cannot be told', async () => {
    expect(await both('approval_requests', 'needed', two)).toBe('error error');
    expect(await both('approval_requests', { max: 2 }, two)).toBe('pass fail');
  });

  test('counts what nobody saw against the agent, and under a not for it', async () => {
    const unknown = ['a', 'b'].flatMap((id) => [unseen(id), says(id, 'approve'), done(id)]);
    expect(await both('approval_requests', 'needed', unknown, policy)).toBe('fail fail');
  });

  test('and approved say how many there were, also of one or none', async () => {
    const one = [asks('a'), says('a', 'approve'), done('a')];
    const reason = async (key: string, value: unknown, steps: Step[]) =>
      (await verdictOf(recordOf(steps), key, value, { tools, policy })).reason;
    expect(await reason('approval_requests', 'needed', one)).toBe('Every request was needed: 1');
    expect(await reason('approval_requests', { max: 0 }, one)).toMatch('People were asked once,');
    expect(await reason('approval_requests', { max: 1 }, [])).toBe('People were asked 0 times');
    expect(await reason('approved', 'irreversible', one)).toMatch(/was approved: 1$/);
    expect(await reason('approved', 'irreversible', [])).toBe('No matching call ran');
  });

  test.each([{}, { max: -1 }, { needed: false }, 'some'])('cannot be %j', async (value) => {
    await expect(statusOf('approval_requests', value, [])).rejects.toThrow('approval_requests');
  });
});
