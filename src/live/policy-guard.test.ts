import { describe, expect, test } from 'vitest';
import type { ApprovalRule, Policy } from '../model/policy.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import { guardedSession, says } from './guarded.test-support.ts';
import { haltOf } from './session.test-support.ts';

const refund = (amount: unknown, id?: string) => ({
  tool: 'refund',
  args: { amount },
  ...(id !== undefined && { id }),
});
const NEEDS: Policy = { approve: [{ refund: { amount: { $gt: 100 } } }] };
const errorOf = (answer: ToolAnswer | undefined) =>
  answer && 'error' in answer ? answer.error : null;

describe('policyGuard() refuses', () => {
  const cases: readonly [string, Policy, object, RegExp][] = [
    ['a tool that is not allowed', { tools: ['look'] }, {}, /not among policy\.tools: look/],
    ['a call by no actor', { actors: { a: ['*'] } }, {}, /without an actor/],
    ['a tool of another actor', { actors: { a: ['look'] } }, { actor: 'a' }, /of a: look/],
    ['arguments that are denied', { deny: [{ refund: { amount: 7 } }] }, {}, /policy\.deny/],
    ['what cannot be compared', { deny: [{ refund: { amount: { $gt: 9 } } }] }, {}, /deny/],
    ['what a later result may decide', { deny: [{ refund: null, status: 'ok' }] }, {}, /deny/],
  ];
  test.each(cases)('%s, which never runs', async (name, policy, more, words) => {
    const session = guardedSession({ policy });
    const amount = name === 'what cannot be compared' ? '7' : 7;
    const [answer] = await session.calls({ ...refund(amount, 'c1'), ...more });
    expect(errorOf(answer)).toMatchObject({
      code: 'policy',
      message: expect.stringMatching(words),
    });
    expect(session.ran).toEqual([]);
    expect(session.told().at(-1)).toMatchObject({ id: 'c1', blocked: 'policy', error: {} });
  });

  test('nothing that it allows, and only tells of it where it observes', async () => {
    const policy: Policy = { tools: ['refund'], deny: [{ refund: { amount: 7 } }] };
    const blocks = guardedSession({ policy });
    await blocks.calls(refund(6, 'c1'), refund(7, 'c2'));
    expect(blocks.outcome()).toEqual(['c1 ok', 'c2 policy']);
    const observes = guardedSession({ policy: { ...policy, on_violation: 'observe' } });
    await observes.calls(refund(7, 'c1'), { tool: 'wipe', args: {}, id: 'c2' });
    expect(observes.outcome()).toEqual(['c1 ok', 'c2 ok']);
  });

  test('without telling what a denied pattern looks for', async () => {
    const policy = { deny: [{ send: { body: { $contains: 'hunter2' } } }] };
    const session = guardedSession({ policy });
    const [answer] = await session.calls({ tool: 'send', args: { body: 'my hunter2' } });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  test('each of calls that are made side by side, by itself', async () => {
    const session = guardedSession({ policy: { deny: [{ refund: { amount: 7 } }] } });
    const answers = await session.callTools([refund(6, 'a'), refund(7, 'b'), refund(8, 'c')]);
    expect(answers.map((answer) => errorOf(answer)?.code)).toEqual([
      undefined,
      'policy',
      undefined,
    ]);
    expect(session.outcome()).toEqual(['a ok', 'b policy', 'c ok']);
  });

  test('values that come from nowhere, as far as was said when the call was made', async () => {
    const policy = {
      deny: [{ send: { to: { $not: { $or: [{ $from: 'input' }, { $from: ['look'] }] } } } }],
    };
    const answer = ({ tool }: { tool: string }) => ({ result: tool === 'look' ? ['bo@x'] : 1 });
    const session = guardedSession({ policy, input: 'Write to ann@x', answer });
    const send = (to: string, id: string) => ({ tool: 'send', args: { to }, id });
    await session.calls(send('ann@x', 'a'), send('bo@x', 'b'), send('cy@x', 'c'));
    await session.calls({ tool: 'look', args: {}, id: 'l' }, send('bo@x', 'd'));
    session.record({ type: 'message', role: 'user', content: 'And to cy@x' });
    await session.calls(send('cy@x', 'e'), send('eve@x', 'f'));
    expect(session.outcome()).toEqual(
      ['a ok', 'b policy', 'c policy', 'l ok', 'd ok', 'e ok', 'f policy'], //
    );
  });

  test('a call that a model asked for by its last arguments and actor', async () => {
    const policy = { actors: { a: ['refund'] }, deny: [{ refund: { amount: 7 } }] };
    const asked = { id: 'm1', tool: 'refund', args: { amount: 1 } };
    const session = guardedSession({
      policy,
      turns: [{ calls: [asked] }, { calls: [{ ...asked, id: 'm2' }] }],
    });
    await session.ask();
    await session.calls({ ...refund(7, 'm1'), actor: 'a' });
    await session.ask();
    await session.calls({ ...refund(8, 'm2'), actor: 'a' });
    expect(session.outcome()).toEqual(['m1 policy', 'm2 ok']);
  });

  test('no call that the agent made itself: that is only recorded', () => {
    const session = guardedSession({ policy: { tools: [], approve: ['*'] } });
    session.tellCall(refund(7, 'a'), { result: 'done' });
    expect(session.outcome()).toEqual(['a ok']);
  });

  test('each of ten thousand tries, up to the ceiling', async () => {
    const session = guardedSession({
      policy: { tools: ['look'], deny: [{ refund: { to: { $not: { $from: ['look'] } } } }] },
      ceilings: { tool_calls: 10_000 },
    });
    for (let tried = 0; tried < 10_000; tried++) {
      await session.callTool({ tool: 'refund', args: { to: `x${tried}` } });
    }
    expect(await haltOf(session.callTool(refund(1)))).toBe('tool_calls');
    expect(session.ran).toEqual([]);
  });
});

describe('policyGuard() asks people as a call comes', () => {
  const ask = (rule: ApprovalRule | null) =>
    guardedSession({ policy: NEEDS, approvals: rule ? [rule] : [] });

  test('and runs what they approve, only where it needs that', async () => {
    const session = ask(says({ refund: { amount: { $lte: 500 } } }, 'approve', { reason: 'Fine' }));
    await session.calls(refund(50, 'a'), refund(200, 'b'), refund(900, 'c'));
    expect(session.outcome()).toEqual(['a ok', 'b approve', 'b ok', 'c deny', 'c approval']);
    expect(session.told()[3]).toEqual({
      ...{ type: 'approval', id: 'b', decision: 'approve', by: 'human', reason: 'Fine' },
    });
    expect(session.told().at(-2)).toMatchObject({
      by: 'nobody',
      reason: expect.stringMatching(/Nobody is there/),
    });
  });

  test('and runs what they changed with the new arguments; the step keeps what was asked for', async () => {
    const session = ask(says({ refund: null }, 'modify', { with: { amount: 40 } }));
    const [answer] = await session.calls(refund(200, 'a'));
    expect(answer).toEqual({ result: 'done' });
    expect(session.ran).toEqual([['refund', { amount: 40 }]]);
    expect(session.told()).toMatchObject([
      { type: 'tool_call', args: { amount: 200 } },
      { type: 'approval', decision: 'modify', args: { amount: 40 } },
      { type: 'tool_result', result: 'done' },
    ]);
  });

  test.each([
    ['deny', 'denied', /denied refund: Too much/],
    ['expire', 'expired', /in time: Too much/],
  ] as const)('and refuses what they %s', async (decision, code, words) => {
    const session = ask(says({ refund: null }, decision, { reason: 'Too much' }));
    const [answer] = await session.calls(refund(200, 'a'));
    expect(errorOf(answer)).toMatchObject({ code, message: expect.stringMatching(words) });
    expect(session.outcome()).toEqual([`a ${decision}`, 'a approval']);
    expect(session.ran).toEqual([]);
  });

  test('also where nobody had to ask', async () => {
    const session = ask(says({ refund: null }, 'deny'));
    await session.requestApproval({ id: 'a', ...refund(1) });
    await session.calls(refund(1, 'a'), refund(1, 'b'));
    expect(session.outcome()).toEqual(['a deny', 'a approval', 'b deny', 'b approval']);
  });

  test('and ends the trial where they want that, with every call that waits', async () => {
    const session = guardedSession({
      policy: NEEDS,
      approvals: [
        says({ refund: { amount: 200 } }, 'terminate', { reason: 'Stop it' }),
        says({ refund: null }, 'approve', { delay_ms: 50 }),
      ],
    });
    expect(await haltOf(session.callTools([refund(300, 'a'), refund(200, 'b')]))).toBe(
      'terminated',
    );
    expect(session.halted()).toMatchObject({ reason: expect.stringMatching(/refund.*Stop it/) });
    await new Promise((resolve) => setImmediate(resolve));
    expect(session.outcome()).toEqual(['b terminate', 'b approval', 'a approval']);
    expect(session.ran).toEqual([]);
    expect(await haltOf(session.callTool(refund(1)))).toBe('terminated');
  });

  test('and reads unknown as no where it lets run, and as yes where it does not', async () => {
    const atMost = { refund: { amount: { $lte: 500 } } };
    for (const decision of ['approve', 'deny'] as const) {
      const session = ask(says(atMost, decision));
      await session.calls(refund('200', 'a'));
      expect(session.outcome(), decision).toEqual(['a deny', 'a approval']);
      expect(session.told()[1]).toMatchObject({ by: decision === 'deny' ? 'human' : 'nobody' });
    }
  });

  test('and waits as long as they take, with the other calls going on', async () => {
    const session = ask(says({ refund: null }, 'expire', { delay_ms: 9000 }));
    const waiting = session.callTool(refund(200, 'a'));
    await session.calls(refund(1, 'b'));
    expect(session.outcome()).toEqual(['b ok']);
    expect(session.waits.map(({ ms }) => ms)).toEqual([9000]);
    session.pass(9000);
    session.waits[0]?.end();
    expect(errorOf(await waiting)?.code).toBe('expired');
    expect(session.steps.at(-1)).toMatchObject({ at_ms: 9000 });
  });

  test('and stops waiting at once where the trial is halted: such a call never ran', async () => {
    const given = {
      policy: NEEDS,
      approvals: [says({ refund: null }, 'approve', { delay_ms: 9e6 })],
    };
    const session = guardedSession({ ...given, ceilings: { seconds: 5 } });
    const waiting = haltOf(session.callTool(refund(200, 'a')));
    session.pass(5000);
    expect(await waiting).toBe('seconds');
    expect(session.outcome()).toEqual(['a limit']);
    expect(session.ran).toEqual([]);
    const other = guardedSession(given);
    const interrupted = haltOf(other.callTool(refund(200, 'a')));
    other.interrupt();
    expect(await interrupted).toBe('interrupted');
  });

  test('again about each call: an approval is for one', async () => {
    const session = ask(says({ refund: null }, 'approve'));
    await session.calls(refund(200, 'a'), refund(200, 'a'));
    expect(session.outcome()).toEqual(['a approve', 'a ok', 'a approve', 'a ok']);
  });

  test('whether it blocks violations or only observes them', async () => {
    const session = guardedSession({ policy: { ...NEEDS, on_violation: 'observe' } });
    await session.calls(refund(200, 'a'));
    expect(session.outcome()).toEqual(['a deny', 'a approval']);
  });

  test('about nothing that the policy refuses anyway', async () => {
    const session = guardedSession({
      policy: { ...NEEDS, deny: [{ refund: { amount: 666 } }] },
      approvals: [says({ refund: null }, 'approve')],
    });
    await session.calls(refund(666, 'a'));
    expect(session.outcome()).toEqual(['a policy']);
  });
});

describe('policyGuard() asks a person at the terminal', () => {
  const approvals = [says({ refund: null }, 'ask')];

  test('with the call as it was made, and does what is said', async () => {
    const seen: unknown[] = [];
    const session = guardedSession({
      policy: NEEDS,
      approvals,
      askPerson: async ({ tool, args }) => {
        seen.push([tool, args]);
        return { decision: 'deny', reason: 'No' };
      },
    });
    await session.calls(refund(200, 'a'));
    expect(seen).toEqual([['refund', { amount: 200 }]]);
    expect(session.told()[1]).toMatchObject({ decision: 'deny', by: 'human', reason: 'No' });
  });

  test('and makes the trial an error where nobody is there', async () => {
    const session = guardedSession({ policy: NEEDS, approvals });
    expect(await haltOf(session.callTool(refund(200)))).toBe('fault');
    expect(session.halted()).toMatchObject({
      error: { message: expect.stringMatching(/Cannot ask a person about refund/) },
    });
    expect(session.ran).toEqual([]);
  });

  test('and takes the question back when its time is over or the trial is', async () => {
    const signals: AbortSignal[] = [];
    const given = {
      policy: NEEDS,
      approvals: [says({ refund: null }, 'ask', { delay_ms: 70 })],
      askPerson: ({ signal }: { signal: AbortSignal }) => {
        signals.push(signal);
        return new Promise<never>(() => undefined);
      },
    };
    const session = guardedSession(given);
    const waiting = session.callTool(refund(200, 'a'));
    session.waits[0]?.end();
    expect(errorOf(await waiting)?.code).toBe('expired');
    const late = haltOf(session.callTool(refund(200, 'b')));
    session.interrupt();
    expect(await late).toBe('interrupted');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });
});
