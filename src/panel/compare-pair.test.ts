import { describe, expect, test } from 'vitest';
import { AgentopsError } from '../errors.ts';
import { says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { viewOf } from '../match/view.ts';
import { agreeOnPair, type PairWinner } from './agree-on-pair.ts';
import { comparePair } from './compare-pair.ts';
import {
  deskOptions,
  type FakeAnswer,
  fakePort,
  memoryRecording,
  specOf,
  viewSaying,
} from './desk.test-support.ts';

const SPEC = specOf();
const [FIRST, SECOND] = [viewSaying('Yes?', { task: 'greet' }), viewSaying('Hello!')];
const LOST: FakeAnswer = { thrown: new AgentopsError('model_fault', 'Cannot ask judge-a: 429') };

/** Ballots are asked for one after the other, each in the order given and then swapped. */
function inTurn(...answers: readonly (string | FakeAnswer)[]) {
  return fakePort((_, nth) => {
    const found = answers[nth - 1] ?? LOST;
    return typeof found === 'string' ? { answer: found, reason: `Says ${found}` } : found;
  });
}

describe('comparePair() finds', () => {
  test.each<[string, (string | FakeAnswer)[], PairWinner | null, boolean, string]>([
    [
      'the first better in both orders',
      ['first', 'second'],
      ...(['first', true, 'polite: the first is better, in both orders: "Says first"'] as const),
    ],
    [
      'the second better in both orders',
      ['second', 'first'],
      ...(['second', true, 'polite: the second is better, in both orders: "Says second"'] as const),
    ],
    [
      'neither better',
      ['tie', 'tie'],
      ...(['tie', true, 'polite: neither is better, in both orders: "Says tie"'] as const),
    ],
    [
      'a preference for what is shown first',
      ['first', 'first'],
      ...([
        'tie',
        false,
        'polite: neither is better, though not in both orders each time',
      ] as const),
    ],
    [
      'a preference in one order alone',
      ['tie', 'first'],
      ...([
        'tie',
        false,
        'polite: neither is better, though not in both orders each time: "Says tie"',
      ] as const),
    ],
    [
      'nothing where an order is lost',
      ['first', LOST],
      ...([null, false, 'polite: undecided: Cannot ask judge-a: 429'] as const),
    ],
    [
      'nothing in words that are none',
      ['first', 'third', 'third'],
      ...([
        null,
        false,
        'polite: undecided: polite has no verdict of model judge-a (vote 1): it answered "third", expected first, second or tie',
      ] as const),
    ],
  ])('%s', async (_, answers, winner, consistent, reason) => {
    const options = deskOptions({ port: inTurn(...answers) });
    const found = await comparePair(options, SPEC, FIRST, SECOND);
    expect(found).toMatchObject({ winner, consistent, reason, isCut: false });
    expect(found.ballots.map(({ order }) => order)).toEqual(['given', 'swapped']);
  });

  test('the same again from the recording, without the port', async () => {
    const recording = memoryRecording();
    const live = await comparePair(
      deskOptions({ recording, port: inTurn('first', 'second') }),
      SPEC,
      FIRST,
      SECOND,
    );
    expect(recording.lines.map(({ task, parts }) => [task, Object.hasOwn(parts, 'other')])).toEqual(
      [
        ['pair:greet', true],
        ['pair:greet', true],
      ],
    );
    expect(live.usage).toEqual({ input_tokens: 200, output_tokens: 20, cost_usd: 0.5 });
    const port = inTurn();
    const replay = deskOptions({ recording, port, mode: 'recorded' });
    const again = await comparePair(replay, SPEC, FIRST, SECOND);
    expect(again).toMatchObject({ winner: 'first', consistent: true, usage: undefined });
    expect(port.asked).toEqual([]);
  });

  test('nothing where it is not asked', async () => {
    const port = inTurn();
    const own = viewOf(trajectoryOf([says('Hi'), { type: 'model', model: 'judge-a' }]));
    const off = await comparePair(deskOptions({ port, mode: 'off' }), SPEC, FIRST, SECOND);
    expect(off).toMatchObject({ winner: null, reason: 'Not asked (--judge off)', ballots: [] });
    for (const views of [[own, SECOND] as const, [FIRST, own] as const]) {
      const found = await comparePair(deskOptions({ port }), SPEC, ...views);
      expect(found).toMatchObject({ winner: null, reason: expect.stringContaining('judge-a') });
    }
    expect(port.asked).toEqual([]);
  });

  test('that it was interrupted', async () => {
    const controller = new AbortController();
    controller.abort();
    const options = deskOptions({ signal: controller.signal });
    expect(await comparePair(options, SPEC, FIRST, SECOND)).toMatchObject({
      winner: null,
      isCut: true,
    });
  });
});

describe('agreeOnPair() counts', () => {
  const pairs = (words: string) =>
    words.split(' ').map((word) => {
      const [given, turned] = word.split('/').map((one) => NAMES[one] ?? null);
      return { given: given ?? null, turned: turned ?? null };
    });
  const NAMES: Readonly<Record<string, PairWinner>> = { '1': 'first', '2': 'second', '=': 'tie' };

  test.each<[string, PairWinner | null, boolean]>([
    ['1/1 1/1 2/2', 'first', true],
    ['1/1 2/2 =/=', 'tie', true],
    ['1/1 2/2', 'tie', true],
    ['1/1 1/2 1/1', 'first', false],
    ['1/1 1/2 1/2', 'tie', false],
    ['1/1 1/1 ?/1', 'first', false],
    ['1/1 ?/? 2/2', null, false],
    ['=/= =/= ?/1', 'tie', false],
    ['=/= ?/? 1/1', null, false],
    ['?/?', null, false],
    ['1/1 ?/?', null, false],
    ['=/= ?/?', 'tie', false],
  ])('%s as %j', (words, winner, consistent) => {
    expect(agreeOnPair(pairs(words))).toEqual({ winner, consistent });
  });

  test('nothing as nothing', () => {
    expect(agreeOnPair([])).toEqual({ winner: null, consistent: false });
  });
});

describe('comparePair() of one desk', () => {
  test('asks two like pairs once', async () => {
    const port = fakePort(() => ({ answer: 'tie' }));
    const options = deskOptions({ port });
    const pairs = [1, 2].map(() => comparePair(options, SPEC, FIRST, SECOND));
    for (const { winner } of await Promise.all(pairs)) expect(winner).toBe('tie');
    expect(port.asked).toHaveLength(2);
  });

  test('asks no more where a ceiling on cost is held and the cost is not known', async () => {
    const port = fakePort(() => ({ reply: { text: '', costUsd: null } }));
    const options = deskOptions({ port, needsCost: true });
    const others = ['a', 'b', 'c'].map((text) => viewSaying(text));
    const pairs = others.map((other) => comparePair(options, SPEC, FIRST, other));
    for (const { winner, reason } of await Promise.all(pairs)) {
      expect(winner).toBe(null);
      expect(reason).toContain('Cannot hold a ceiling on cost');
    }
    expect(port.asked).toHaveLength(1);
  });
});
