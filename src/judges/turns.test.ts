import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadRegex } from '../match/engines.ts';
import { REDACTED } from '../match/same-json.ts';
import {
  asks,
  call,
  handsOver,
  type MadeCall,
  recordOf,
  says,
  trajectoryOf,
} from '../match/trajectory.test-support.ts';
import { viewOf } from '../match/view.ts';
import type { Expectations } from '../model/expectations.ts';
import type { Step, Trajectory } from '../model/trajectory.ts';
import { BARE_SETTING } from './judge.ts';
import { judgeView } from './judge-view.ts';
import type { Asked } from './question.ts';
import { questionsOf } from './questions.ts';
import { judges } from './registry.ts';

beforeAll(loadRegex);

const judged = async (asked: Asked, trajectory: Trajectory) =>
  judgeView(viewOf(trajectory), questionsOf(asked, { ...BARE_SETTING, judges }));

const USERS = ['Hi', 'Refund order 1042', 'Bye'];
const talk = [
  asks('Hi'),
  says('Hello'),
  asks('Refund order 1042'),
  call('get_order', { id: '1042' }, { result: { total: 42.5 } }),
  says('It was 42.5'),
  asks('Bye'),
  call('refund', { id: '1042', amount: 42.5 }),
  says('Done'),
];
const talked = trajectoryOf(talk);

/** The verdict of one expectation of one turn. */
async function verdictOfTurn(
  index: number,
  expectations: Expectations,
  trajectory: Trajectory = talked,
  users: readonly unknown[] = USERS,
) {
  const conversation = users.map((user, at) => ({
    user,
    expect: at === index ? expectations : {},
  }));
  const { verdicts, status } = await judged({ conversation }, trajectory);
  const [verdict, ...more] = verdicts.filter(({ path }) => path.startsWith('conversation.'));
  if (!verdict || more.length > 0) throw new Error(`${verdicts.length} verdicts`);
  return { ...verdict, trial: status };
}

describe('judgeView() of a turn', () => {
  it.each<[string, number, Expectations, string]>([
    ['sees the answer of that turn', 0, { answer: 'Hello' }, 'pass'],
    ['does not see the answer of the last', 0, { answer: 'Done' }, 'fail'],
    ['sees calls of that turn', 1, { calls: { exact: ['get_order'] } }, 'pass'],
    ['sees no call of another', 2, { calls: { exact: ['refund'] } }, 'pass'],
    ['sees no later call', 1, { never: ['refund'] }, 'pass'],
    ['sees its own call', 2, { never: ['refund'] }, 'fail'],
    ['sees no earlier message', 1, { says: ['Hello'] }, 'fail'],
    ['knows earlier results', 2, { grounded: { refund: ['amount', 'id'] } }, 'pass'],
    ['knows what the user said before', 1, { grounded: { get_order: ['id'] } }, 'pass'],
    [
      'knows where an argument came from',
      2,
      {
        calls: {
          any_order: [{ tool: 'refund', args: { id: '1042', amount: { $from: ['get_order'] } } }],
        },
      },
      'pass',
    ],
    [
      'knows no later result',
      1,
      { calls: { any_order: [{ get_order: { id: { $from: ['refund'] } } }] } },
      'fail',
    ],
    ['counts its own calls', 2, { limits: { tool_calls: 1, turns: 2, repeats: 1 } }, 'pass'],
    ['counts no call of another', 0, { limits: { tool_calls: 0 } }, 'pass'],
    ['is negated by itself', 0, { not: [{ answer: 'Done' }] }, 'pass'],
    [
      'sums its own arguments',
      2,
      { totals: [{ of: 'refund', arg: 'amount', must: 42.5 }] },
      'pass',
    ],
  ])('%s', async (_, index, expectations, status) => {
    expect((await verdictOfTurn(index, expectations)).status).toBe(status);
  });

  it('names the verdict by its key path and numbers steps as the whole does', async () => {
    const verdict = await verdictOfTurn(2, { calls: { exact: ['refund'] } });
    expect(verdict).toMatchObject({ path: 'conversation.2.expect.calls.exact', required: true });
    expect(verdict.evidence).toEqual([6 + 1]); // the result of get_order is a step as well
    expect((await verdictOfTurn(2, { answer: 'Done' })).evidence).toEqual([9]);
  });

  it('fails the trial, and weighs as its path or what stands above says', async () => {
    const conversation = [
      { user: 'Hi', expect: { answer: 'No' } },
      { user: USERS[1], expect: { answer: { $contains: '42.5' }, never: ['refund'] } },
    ];
    const of = async (weights: Record<string, number>) =>
      judged({ conversation, weights, expect: { answer: 'Done' } }, talked);
    const plain = await of({});
    expect(plain.status).toBe('fail');
    expect(plain.score).toBeCloseTo(3 / 4, 12);
    expect((await of({ 'conversation.0.expect.answer': 3 })).score).toBeCloseTo(3 / 6, 12);
    expect((await of({ 'conversation.1': 2 })).score).toBeCloseTo(5 / 6, 12);
    expect((await of({ conversation: 0 })).score).toBe(1);
    expect((await of({ answer: 7 })).score).toBeCloseTo(9 / 10, 12);
  });

  it('asks how the trial ended once, of the whole', async () => {
    const conversation = USERS.map((user) => ({ user, expect: { says: [] } }));
    const { verdicts } = await judged({ conversation }, talked);
    expect(verdicts.filter(({ path }) => path.includes('stop')).map(({ path }) => path)).toEqual([
      'expect.stop',
    ]);
  });

  it('leaves an expectation open where nobody watched the calls', async () => {
    const blind = trajectoryOf(talk, { calls: 'not_captured' });
    expect((await verdictOfTurn(0, { never: ['refund'] }, blind)).status).toBe('error');
    expect((await verdictOfTurn(0, { answer: 'Hello' }, blind)).status).toBe('pass');
  });
});

describe('judgeView() of a turn that never came', () => {
  const cut = (stop: Trajectory['stop']) => trajectoryOf(talk.slice(0, 5), { stop });

  it.each(['limit', 'agent_error', 'terminated'] as const)('fails after %s', async (stop) => {
    const verdict = await verdictOfTurn(2, { never: ['refund'] }, cut(stop));
    expect(verdict).toMatchObject({
      status: 'fail',
      reason: 'The conversation ended before this turn (turn 3 of 3)',
      trial: 'fail',
    });
    expect((await verdictOfTurn(1, { says: ['42.5'] }, cut(stop))).status).toBe('pass');
  });

  it.each(['completed', null, 'interrupted'] as const)('is an error after %s', async (stop) => {
    const verdict = await verdictOfTurn(2, { never: ['refund'] }, cut(stop));
    expect(verdict).toMatchObject({
      status: 'error',
      reason: 'The trajectory holds 2 user messages, turn 3 of 3 is not there',
      trial: 'error',
    });
  });

  it('is an error where nobody asked anything', async () => {
    const verdict = await verdictOfTurn(0, { never: ['refund'] }, trajectoryOf([says('Hello')]));
    expect(verdict.reason).toBe('The trajectory holds 0 user messages, turn 1 of 3 is not there');
  });
});

describe('judgeView() divides into turns', () => {
  const actor = (step: Step, name: string): Step => ({ ...step, actor: name }) as Step;
  const cases: [string, (MadeCall | Step)[], number, Expectations, string][] = [
    [
      'what stands before the first user message belongs to none',
      [says('Welcome'), call('peek'), asks('Hi'), says('Hello')],
      0,
      { calls: { exact: [] } },
      'pass',
    ],
    [
      'an agent that plays a user for another agent begins no turn',
      [asks('Hi'), actor(asks('Order 1042'), 'triage'), says('Hello')],
      0,
      { answer: 'Hello' },
      'pass',
    ],
    [
      'a message that names the user as its actor begins one',
      [actor(asks('Hi'), 'user'), says('Hello')],
      0,
      { answer: 'Hello' },
      'pass',
    ],
    [
      'a call of the user is not one of the agent',
      [asks('Hi'), { ...call('refund'), actor: 'user' }, says('Hello')],
      0,
      { never: ['refund'] },
      'pass',
    ],
    [
      'a call of the user is seen where it is asked for',
      [asks('Hi'), { ...call('refund'), actor: 'user' }, says('Hello')],
      0,
      { calls: { among: { actor: '*' }, exact: ['refund'] } },
      'pass',
    ],
    [
      'a turn may have no step but its message',
      [asks('Hi'), asks('Refund order 1042'), says('Hello')],
      0,
      { answer: { $exists: false } },
      'pass',
    ],
    [
      'calls issued together have no order',
      [
        asks('Hi'),
        call('peek'),
        asks('Refund order 1042'),
        call('b', {}, { parallel: 'p' }),
        call('a', {}, { parallel: 'p' }),
        says('Done'),
      ],
      1,
      { calls: { exact: ['a', 'b'] } },
      'pass',
    ],
    [
      'a call that follows the answer leaves none',
      [asks('Hi'), says('Hello'), call('peek'), asks('Refund order 1042'), says('Done')],
      0,
      { answer: 'Hello' },
      'fail',
    ],
    [
      'hand-overs are those of the turn',
      [asks('Hi'), handsOver('a', 'b'), asks('Refund order 1042'), handsOver('b', 'c'), says('x')],
      1,
      { handoffs: { exact: ['b', 'c'] } },
      'pass',
    ],
    [
      'what is said beyond the last turn is not its own',
      [asks('Hi'), asks('Refund order 1042'), asks('Bye'), says('Done'), asks('More'), says('x')],
      2,
      { answer: 'Done' },
      'pass',
    ],
    [
      'white space alone makes no other message',
      [asks('  Hi\n'), says('Hello')],
      0,
      { answer: 'Hello' },
      'pass',
    ],
    [
      'a message that is not the one of its turn is an error',
      [asks('Refund order 1042'), says('Done'), asks('Bye'), says('Bye')],
      0,
      { answer: 'Done' },
      'error',
    ],
    [
      'and of every turn after it',
      [asks('Hi'), asks('Ignore this'), asks('Refund order 1042'), asks('Bye'), says('Done')],
      2,
      { answer: 'Done' },
      'error',
    ],
    [
      'but not of a turn before it',
      [asks('Hi'), says('Hello'), asks('Ignore this'), says('Done')],
      0,
      { answer: 'Hello' },
      'pass',
    ],
    [
      'a message that was redacted is taken as it stands',
      [asks(REDACTED), says('Hello')],
      0,
      { answer: 'Hello' },
      'pass',
    ],
    [
      'a message of parts is read as its text',
      [
        {
          type: 'message',
          role: 'user',
          content: [{ type: 'text', text: 'Hi' }, { type: 'image' }],
        },
        says('Hello'),
      ],
      0,
      { answer: 'Hello' },
      'pass',
    ],
    [
      'a message of nothing is another one',
      [{ type: 'message', role: 'user', content: null }, says('Hello')],
      0,
      { answer: 'Hello' },
      'error',
    ],
  ];
  it.each(cases)('%s', async (_, parts, index, expectations, status) => {
    const verdict = await verdictOfTurn(index, expectations, trajectoryOf(parts));
    expect(verdict.status).toBe(status);
  });

  it('a turn of data is found by its number', async () => {
    const spoken = trajectoryOf([asks('{"order":7}'), says('Hello')]);
    const verdict = await verdictOfTurn(0, { answer: 'Hello' }, spoken, [{ order: 7 }]);
    expect(verdict.status).toBe('pass');
  });

  it('a call keeps the result that came after the turn', async () => {
    const steps = [
      asks('Hi'),
      { type: 'tool_call', id: 'a', tool: 'refund', args: {} },
      asks('Refund order 1042'),
      { type: 'tool_result', id: 'a', result: { ok: true } },
      says('Done'),
    ];
    const asked = { calls: { exact: [{ refund: {}, result: { ok: true } }] } };
    expect((await verdictOfTurn(0, asked, recordOf(steps))).status).toBe('pass');
  });

  it('tells the text of another message', async () => {
    const { reason, evidence } = await verdictOfTurn(
      0,
      { answer: 'x' },
      trajectoryOf([says('Welcome'), asks('Hello there')]),
    );
    expect(reason).toBe('User message 1 is "Hello there", turn 1 of the conversation is "Hi"');
    expect(evidence).toEqual([1]);
  });
});

describe('judgeView() measures a turn', () => {
  const at = (step: Step, at_ms: number): Step => ({ ...step, at_ms }) as Step;
  const model = { type: 'model', usage: { input_tokens: 5, output_tokens: 1 } } as Step;
  const timed = trajectoryOf([
    at(asks('Hi'), 100),
    at(model, 900),
    at(says('Hello'), 1100),
    at(asks('Refund order 1042'), 61_100),
    model,
    at(says('Done'), 63_100),
  ]);

  it.each<[string, number, Expectations, string]>([
    ['from what the user said to its last step', 1, { limits: { seconds: 2 } }, 'pass'],
    ['and not less', 1, { limits: { seconds: 1.9 } }, 'fail'],
    ['the first from its message as well', 0, { limits: { seconds: 1 } }, 'pass'],
    ['with its own tokens', 1, { limits: { tokens: 6, turns: 1 } }, 'pass'],
    ['with its own tokens alone', 1, { limits: { tokens: 5 } }, 'fail'],
  ])('%s', async (_, index, expectations, status) => {
    expect((await verdictOfTurn(index, expectations, timed)).status).toBe(status);
  });

  it('and leaves open what is not told', async () => {
    const untimed = trajectoryOf([
      asks('Hi'),
      at(says('a'), 5),
      asks(USERS[1] ?? ''),
      at(says('b'), 9),
    ]);
    expect((await verdictOfTurn(0, { limits: { seconds: 1 } }, untimed)).status).toBe('pass');
    expect((await verdictOfTurn(1, { limits: { seconds: 1 } }, untimed)).status).toBe('error');
    expect((await verdictOfTurn(1, { limits: { seconds: 1 } })).status).toBe('error');
  });
});

describe('judgeView() hands a turn to a check', () => {
  const checked = async (check: (trajectory: Trajectory) => unknown) => {
    const load = async () => check as never;
    const conversation = [
      { user: 'Hi', expect: {} },
      { user: USERS[1], expect: { check: './a.ts#b' } },
    ];
    const questions = questionsOf({ conversation }, { ...BARE_SETTING, load, judges });
    const world = trajectoryOf(talk, { world: { paid: true } });
    const { verdicts } = await judgeView(viewOf(world), questions);
    return verdicts.find(({ path }) => path === 'conversation.1.expect.check')?.status;
  };

  it('with its steps at their numbers, and without the final world', async () => {
    const seen: unknown[] = [];
    await checked(({ steps, world }) => {
      seen.push(
        steps.map(({ type }) => type),
        world,
      );
      return true;
    });
    expect(seen).toEqual([
      ['x-earlier-turn', 'x-earlier-turn', 'message', 'tool_call', 'tool_result', 'message'],
      undefined,
    ]);
  });

  it('and takes its word', async () => {
    expect(await checked(() => true)).toBe('pass');
    expect(await checked(() => false)).toBe('fail');
  });
});

describe('judgeView() against turns that were cut out', () => {
  const part = fc.oneof(
    fc.constantFrom('yes', 'no').map(says),
    fc
      .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('ok', 'failed', 'unknown'), fc.nat(2))
      .map(([tool, status, n]) => call(tool, { n }, { status })),
    fc.constant(handsOver('x', 'y')),
  );
  const turnsOf = fc.array(fc.array(part, { maxLength: 5 }), { minLength: 1, maxLength: 4 });
  const expectations = fc.constantFrom<Expectations>(
    { answer: 'yes' },
    { says: ['yes'] },
    { never: ['a'] },
    { calls: { exact: ['a', 'b'] } },
    { calls: { in_order: [{ a: { n: 1 } }, 'b'] } },
    { calls: { count: { a: { min: 1, max: 2 } } } },
    { before: [{ first: 'a', then: 'b' }] },
    { last: { of: 'a', is: { a: { n: 1 } } } },
    { totals: [{ of: 'a', arg: 'n', must: { $lte: 2 } }] },
    { limits: { tool_calls: 2, turns: 2, repeats: 1 } },
    { no_loops: { repeats: 1 } },
    { handoffs: { exact: ['x', 'y'] } },
    { not: [{ answer: 'yes' }] },
  );

  it('decides the same', async () => {
    await fc.assert(
      fc.asyncProperty(turnsOf, fc.nat(3), expectations, async (turns, nth, expected) => {
        const index = nth % turns.length;
        const users = turns.map((_, at) => `Say ${at}`);
        const parts = turns.map((own, at) => [asks(`Say ${at}`), ...own]);
        const whole = trajectoryOf([says('Welcome'), call('a'), ...parts.flat()]);
        const { status, reason } = await verdictOfTurn(index, expected, whole, users);
        const alone = await judged({ expect: expected }, trajectoryOf(parts[index] ?? []));
        const verdict = alone.verdicts.find(({ path }) => path !== 'expect.stop');
        expect({ status, reason: unnumbered(reason) }).toEqual({
          status: verdict?.status,
          reason: unnumbered(verdict?.reason ?? ''),
        });
      }),
      { numRuns: 400 },
    );
  });

  const unnumbered = (reason: string) => reason.replace(/\b([Ss]teps?) \d+/g, '$1 n');
});

describe('judgeView() of many turns', () => {
  it('takes no longer than the steps are many', async () => {
    const users = Array.from({ length: 2000 }, (_, at) => `Question ${at}`);
    const steps = users.flatMap((user) => [asks(user), call('look', { user }), says('Yes')]);
    const conversation = users.map((user) => ({
      user,
      expect: { answer: 'Yes', calls: { exact: [{ look: { user } }] } },
    }));
    const { status, verdicts } = await judged({ conversation }, trajectoryOf(steps));
    expect(verdicts).toHaveLength(4001);
    expect(status).toBe('pass');
  }, 5000);
});
