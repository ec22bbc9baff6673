import { describe, expect, test } from 'vitest';
import { pairCalls } from '../match/calls.ts';
import type { Policy } from '../model/policy.ts';
import { guardedSession, says } from './guarded.test-support.ts';
import { haltOf } from './session.test-support.ts';

const call = (tool: string, args: unknown, id?: string) => ({
  ...{ tool, args },
  ...(id !== undefined && { id }),
});
const refund = (amount: number, id?: string) => call('refund', { amount }, id);
const ask = (about: unknown, id: string) => call('ask_human', about, id);
const about = (amount: number) => ({ tool: 'refund', args: { amount } });
const POLICY: Policy = { tools: ['refund'], approve: ['refund'], approval_tool: 'ask_human' };
const SMALL = says({ refund: { amount: { $lte: 500 } } }, 'approve', { reason: 'Fine' });

describe('policyGuard() answers the approval tool', () => {
  test.each([
    ['approve', {}, { decision: 'approve' }],
    ['deny', { reason: 'No' }, { decision: 'deny', reason: 'No' }],
    ['expire', { reason: 'Night' }, { decision: 'expire', reason: 'Night' }],
    ['modify', { with: { amount: 4 } }, { decision: 'modify', args: { amount: 4 } }],
  ] as const)('with what people decide: %s', async (decision, more, result) => {
    const session = guardedSession({
      policy: POLICY,
      approvals: [says({ refund: null }, decision, more)],
    });
    for (const key of ['args', 'arguments']) {
      const [answer] = await session.calls(ask({ tool: 'refund', [key]: { amount: 9 } }, 'q'));
      expect(answer).toEqual({ result });
    }
    expect(session.ran).toEqual([]);
    expect(session.told().filter(({ type }) => type === 'approval')[0]).toEqual(
      { type: 'approval', id: 'q', by: 'human', decision, ...('reason' in more ? more : {}) }, //
    );
  });

  test('and lets the approved call run, once, with the decision in its record', async () => {
    const session = guardedSession({ policy: POLICY, approvals: [SMALL] });
    const [, , again] = await session.calls(
      ...[ask(about(9), 'q'), refund(9, 'a'), refund(9, 'b')],
    );
    expect(session.outcome()).toEqual(['q approve', 'q ok', 'a approve', 'a ok', 'b policy']);
    expect(session.told()[4]).toEqual({
      ...{ type: 'approval', id: 'a', decision: 'approve', by: 'human', reason: 'Fine' },
      asked: 'q',
    });
    expect(again).toMatchObject({
      error: { message: expect.stringMatching(/ask with ask_human/) },
    });
  });

  test('and no other call: neither of another tool nor with other arguments', async () => {
    const policy = { ...POLICY, tools: ['*'], approve: ['refund', 'constructor'] };
    const session = guardedSession({
      policy,
      approvals: [SMALL, says({ constructor: null }, 'approve')],
    });
    await session.calls(
      ask(about(9), 'q'),
      refund(90, 'a'),
      call('constructor', { amount: 9 }, 'b'),
    );
    await session.calls(
      ask({ tool: 'constructor' }, 'r'),
      call('constructor', {}, 'c'),
      refund(9, 'd'),
    );
    expect(session.outcome().filter((line) => !/^[qr]/.test(line))).toEqual(
      ['a policy', 'b policy', 'c approve', 'c ok', 'd approve', 'd ok'], //
    );
  });

  test('and runs a changed call only with the changed arguments', async () => {
    const session = guardedSession({
      policy: POLICY,
      approvals: [says({ refund: null }, 'modify', { with: { amount: 4 } })],
    });
    const [, old] = await session.calls(ask(about(9), 'q'), refund(9, 'a'), refund(4, 'b'));
    expect(old).toMatchObject({
      error: {
        message: expect.stringMatching(/^A person changed .* call refund with \{"amount":4\}$/),
      },
    });
    expect(session.outcome().slice(2)).toEqual(['a policy', 'b modify', 'b ok']);
    const [again] = await session.calls(refund(9, 'c'));
    expect(again).toMatchObject({
      error: { message: expect.stringMatching(/ask with ask_human/) },
    });
    expect(session.ran).toEqual([['refund', { amount: 4 }]]);
  });

  test('and lets the record tell of an approval that the call would not have needed', async () => {
    const session = guardedSession({
      policy: { ...POLICY, approve: [{ refund: { amount: { $gt: 100 } } }] },
      approvals: [says({ refund: { amount: 900 } }, 'modify', { with: { amount: 40 } }), SMALL],
    });
    await session.calls(ask(about(900), 'q'), refund(40, 'a'), refund(40, 'b'));
    await session.calls(ask(about(50), 'r'), refund(50, 'c'));
    await session.requestApproval(refund(60));
    await session.calls(refund(60, 'd'));
    expect(session.outcome().filter((line) => /^[a-d]/.test(line))).toEqual(
      ['a modify', 'a ok', 'b ok', 'c approve', 'c ok', 'd approve', 'd ok'], //
    );
  });

  test('and saves what a pattern grants for a call that needs it', async () => {
    const session = guardedSession({
      policy: { ...POLICY, approve: [{ refund: { amount: { $gt: 100 } } }] },
      approvals: [says({ ask_human: null }, 'approve', { grants: ['refund'] })],
    });
    await session.calls(ask({ question: 'May I?' }, 'q'), refund(50, 'a'), refund(500, 'b'));
    expect(session.outcome().slice(2)).toEqual(['a ok', 'b approve', 'b ok']);
  });

  test('and keeps a denial: the same call is refused until people say otherwise', async () => {
    let answer: 'approve' | 'deny' = 'deny';
    const session = guardedSession({
      policy: POLICY,
      approvals: [says({ refund: null }, 'ask')],
      askPerson: async () => ({ decision: answer }),
    });
    await session.calls(ask(about(9), 'q'), refund(9, 'a'), refund(9, 'b'));
    expect(session.outcome().slice(2)).toEqual(
      ['a deny', 'a approval', 'b deny', 'b approval'], //
    );
    answer = 'approve';
    await session.calls(ask(about(9), 'r'), refund(9, 'c'));
    expect(session.outcome().slice(8)).toEqual(['c approve', 'c ok']);
    answer = 'deny';
    await session.calls(ask(about(9), 's'), ask(about(9), 't'), refund(9, 'd'));
    expect(session.outcome().at(-1)).toBe('d approval');
  });

  test('and runs a call against a decision, or without one, where it only observes', async () => {
    const session = guardedSession({
      policy: { ...POLICY, on_violation: 'observe' },
      approvals: [says({ refund: { amount: 9 } }, 'deny')],
    });
    await session.calls(refund(9, 'a'), ask(about(9), 'q'), refund(9, 'b'));
    expect(session.outcome()).toEqual(['a ok', 'q deny', 'q ok', 'b deny', 'b ok']);
  });

  test('and grants what the patterns of a question in plain words say, one call each', async () => {
    const grants = [{ refund: { amount: { $lte: 10 } } }, { refund: { amount: { $lte: 100 } } }];
    const question = { question: 'May I?' };
    const session = guardedSession({
      policy: POLICY,
      approvals: [says({ ask_human: { question: 'May I?' } }, 'approve', { grants })],
    });
    await session.calls(refund(9, 'a'), ask(question, 'q'), refund(900, 'b'));
    await session.calls(refund(9, 'c'), refund(90, 'd'), refund(9, 'e'));
    expect(session.outcome().filter((line) => !line.startsWith('q'))).toEqual([
      ...['a policy', 'b policy', 'c approve', 'c ok', 'd approve', 'd ok', 'e policy'],
    ]);
    const vague = guardedSession({
      policy: POLICY,
      approvals: [says({ ask_human: null }, 'approve')],
    });
    await vague.calls(ask(question, 'q'), refund(9, 'a'));
    expect(vague.outcome().at(-1)).toBe('a policy');
  });

  test('once for two calls that race for it', async () => {
    const session = guardedSession({ policy: POLICY, approvals: [SMALL] });
    await session.calls(ask(about(9), 'q'));
    await session.callTools([refund(9, 'a'), refund(9, 'b')]);
    expect(session.outcome().slice(2)).toEqual(['a approve', 'a ok', 'b policy']);
  });

  test('with an error where its own schema refuses the question', async () => {
    const session = guardedSession({
      policy: POLICY,
      approvals: [SMALL],
      refuses: (tool) => (tool === 'ask_human' ? 'question is missing' : null),
    });
    const [answer] = await session.calls(ask(about(9), 'q'), refund(9, 'a'));
    expect(answer).toMatchObject({ error: { code: 'invalid_arguments' } });
    expect(session.outcome()).toEqual(['q failed', 'a policy']);
  });

  test('with the end of the trial, and with nothing where it ends before', async () => {
    const ends = guardedSession({
      policy: POLICY,
      approvals: [says({ refund: null }, 'terminate')],
    });
    expect(await haltOf(ends.callTool(ask(about(9), 'q')))).toBe('terminated');
    expect(ends.outcome()).toEqual(['q terminate', 'q approval']);
    const late = guardedSession({
      policy: POLICY,
      approvals: [says({ refund: null }, 'approve', { delay_ms: 60_000 })],
    });
    const waiting = haltOf(late.callTool(ask(about(9), 'q')));
    late.interrupt();
    expect(await waiting).toBe('interrupted');
  });

  test('however long the arguments are', async () => {
    const session = guardedSession({
      policy: POLICY,
      approvals: [says({ refund: null }, 'approve')],
    });
    const args = { note: 'x'.repeat(1_000_000) };
    await session.calls(ask({ tool: 'refund', args }, 'q'), call('refund', args, 'a'));
    await session.calls(call('refund', { note: `${args.note}y` }, 'b'));
    expect(session.outcome().slice(2)).toEqual(['a approve', 'a ok', 'b policy']);
  });
});

describe('requestApproval()', () => {
  const policy: Policy = { approve: ['refund'] };
  const changed = says({ refund: { amount: 200 } }, 'modify', { with: { amount: 20 } });
  const approvals = [SMALL, says({ refund: null }, 'deny', { reason: 'Too much' })];

  test('records a decision under the id of the call, which it belongs to', async () => {
    const session = guardedSession({ policy, approvals });
    const answer = await session.requestApproval({ id: 'a', ...about(9) });
    expect(answer).toEqual({ decision: 'approve', reason: 'Fine' });
    await session.calls(refund(9, 'a'));
    expect(session.outcome()).toEqual(['a approve', 'a ok']);
    expect(await session.requestApproval({ id: 'b', ...about(900) })).toEqual(
      { decision: 'deny', reason: 'Too much' }, //
    );
    await session.calls(refund(900, 'b'));
    expect(session.outcome().slice(2)).toEqual(['b deny', 'b approval']);
  });

  test('runs the call with the changed arguments, whether it is made with the old or the new', async () => {
    const session = guardedSession({ policy, approvals: [changed] });
    for (const [id, amount] of [
      ['a', 200],
      ['b', 20],
    ] as const) {
      await session.requestApproval({ id, ...about(200) });
      await session.calls(refund(amount, id));
    }
    expect(session.ran).toEqual([
      ['refund', { amount: 20 }],
      ['refund', { amount: 20 }],
    ]);
    expect(pairCalls(session.steps).calls.map(({ args }) => args)).toEqual(
      session.ran.map(([, args]) => args),
    );
    const requests = session.told().filter(({ type }) => type === 'approval');
    expect(requests).toMatchObject(Array(2).fill({ asked_args: { amount: 200 } }));
  });

  test('is no leave for another call under that id: people are asked anew', async () => {
    const session = guardedSession({ policy, approvals });
    await session.requestApproval({ id: 'a', ...about(9) });
    await session.calls(refund(900, 'a'), refund(9, 'a'), refund(9, 'a'));
    const [, first] = session.outcome();
    const renamed = first?.split(' ')[0];
    expect(renamed).toMatch(/^a~/);
    expect(session.outcome()).toEqual([
      ...['a approve', `${renamed} deny`, `${renamed} approval`, 'a ok', 'a approve', 'a ok'],
    ]);
    const { calls, fault } = pairCalls(session.steps);
    expect(fault).toBe(null);
    expect(calls.map(({ status }) => status)).toEqual(['blocked', 'ok', 'ok']);
  });

  test('without an id is about the next call with that tool and those arguments', async () => {
    const session = guardedSession({ policy: POLICY, approvals });
    await session.requestApproval(about(9));
    await session.calls(refund(9, 'a'), refund(9, 'b'));
    expect(session.told()[0]).toMatchObject({ type: 'approval', tool: 'refund' });
    expect(session.told()[2]).toMatchObject({ type: 'approval', id: 'a', asked_before: true });
    expect(session.outcome()).toEqual(['undefined approve', 'a approve', 'a ok', 'b policy']);
  });

  test('lets a call without that id use the decision, and then no other', async () => {
    const session = guardedSession({ policy: POLICY, approvals });
    await session.requestApproval({ id: 'a', ...about(9) });
    await session.calls(refund(9, 'x'), refund(9, 'a'));
    const outcome = session.outcome();
    expect(outcome.slice(0, 3)).toEqual(['a approve', 'x approve', 'x ok']);
    expect(outcome[3]).toMatch(/^a~\d+ policy$/);
  });

  test('takes a blank id for none', async () => {
    const session = guardedSession({ policy: POLICY, approvals });
    await session.requestApproval({ id: '', ...about(9) });
    await session.calls(refund(9, 'a'));
    expect(session.outcome().slice(1)).toEqual(['a approve', 'a ok']);
  });

  test('gives a call that runs, or awaits a decision, no second one in the record', async () => {
    let finish: () => void = () => undefined;
    const session = guardedSession({
      policy: { ...POLICY, on_violation: 'observe' },
      approvals,
      answer: () => new Promise((resolve) => (finish = () => resolve({ result: 1 }))),
    });
    const running = session.callTool(refund(900, 'a'));
    await session.requestApproval({ id: 'a', ...about(9) });
    finish();
    await running;
    expect(pairCalls(session.steps).calls[0]?.approval).toBe(-1);
    await session.requestApproval({ id: 'b', ...about(9) });
    await session.requestApproval({ id: 'b', ...about(8) });
    expect(session.outcome().slice(2)).toEqual(['b approve', 'undefined approve']);
  });

  test('is about the call that a model asked for under that id', async () => {
    const asked = { id: 'm', tool: 'refund', args: { amount: 9 } };
    const session = guardedSession({ policy, approvals, turns: [{ calls: [asked] }] });
    await session.ask();
    await session.requestApproval(asked);
    await session.callTool({ tool: 'refund', args: { amount: 9 } });
    expect(session.outcome()).toEqual(['m approve', 'm ok']);
  });

  test('ends the trial where people want that, and rejects once it has ended', async () => {
    const session = guardedSession({ approvals: [says({ wipe: null }, 'terminate')] });
    expect(await haltOf(session.requestApproval({ id: 'a', tool: 'wipe' }))).toBe('terminated');
    expect(session.outcome()).toEqual(['a terminate']);
    expect(await haltOf(session.requestApproval({ tool: 'wipe' }))).toBe('terminated');
  });

  test('waits for people, and no longer than the trial goes on', async () => {
    const session = guardedSession({
      approvals: [says({ wipe: null }, 'approve', { delay_ms: 7 })],
    });
    const first = session.requestApproval({ tool: 'wipe' });
    session.waits[0]?.end();
    expect((await first).decision).toBe('approve');
    const second = haltOf(session.requestApproval({ tool: 'wipe' }));
    session.interrupt();
    expect(await second).toBe('interrupted');
  });

  test('is denied where nobody decides, and that stops no call that needs no approval', async () => {
    const session = guardedSession();
    const answer = await session.requestApproval({ id: 'a', tool: 'wipe' });
    expect(answer).toMatchObject({ decision: 'deny', reason: 'Nobody is there to approve wipe' });
    await session.calls(call('wipe', {}, 'a'));
    expect(session.outcome()).toEqual(['a deny', 'a ok']);
  });
});
