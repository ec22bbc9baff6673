import { describe, expect, it } from 'vitest';
import { asks, call, recordOf, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { verdictOf } from './verdict.test-support.ts';

const parts = (...content: object[]) => recordOf([{ type: 'message', role: 'assistant', content }]);

describe('answer', () => {
  it.each<
    [
      name: string,
      trajectory: Trajectory,
      value: unknown,
      status: string,
      reason: readonly string[],
    ]
  >([
    ['is the last assistant message', trajectoryOf([says('One'), says('Two')]), 'Two', 'pass', []],
    ['compares texts exactly', trajectoryOf([says('Two ')]), 'Two', 'fail', ['"Two "', '"Two"']],
    [
      'is absent where a call follows',
      trajectoryOf([says('One'), call('a')]),
      'One',
      'fail',
      ['no final answer', '"One"'],
    ],
    [
      'is absent without a message',
      trajectoryOf([call('a')]),
      { $exists: true },
      'fail',
      ['no final answer'],
    ],
    [
      'may be wanted absent',
      trajectoryOf([says('One'), call('a')]),
      { $exists: false },
      'pass',
      [],
    ],
    [
      'stays where the user speaks last',
      trajectoryOf([says('One'), asks('Thanks')]),
      'One',
      'pass',
      [],
    ],
    ['is not what the user says', trajectoryOf([says('One'), asks('Two')]), 'Two', 'fail', []],
    [
      'is matched by operators',
      trajectoryOf([says('It was Refunded.')]),
      { $regex: '(?i)refunded' },
      'pass',
      [],
    ],
    [
      'joins text parts',
      parts({ type: 'text', text: 'It is ' }, { type: 'text', text: 'done' }),
      'It is done',
      'pass',
      [],
    ],
    [
      'leaves reasoning out',
      parts({ type: 'reasoning', text: 'secret' }, { type: 'text', text: 'done' }),
      { $not: { $contains: 'secret' } },
      'pass',
      [],
    ],
  ])('%s', async (_, trajectory, value, status, reason) => {
    const verdict = await verdictOf(trajectory, 'answer', value);
    expect(verdict.status).toBe(status);
    for (const words of reason) expect(verdict.reason).toContain(words);
  });
});

describe('says', () => {
  const trajectory = trajectoryOf([
    says('The total is 1,234.50 euros'),
    call('pay'),
    asks('Please cancel'),
    says('DONE'),
  ]);

  it.each<[name: string, value: unknown, status: string]>([
    ['finds a text in some message', ['total'], 'pass'],
    ['sets case aside', ['done', 'THE TOTAL'], 'pass'],
    ['sets commas between digits aside, in both texts', ['1234.50', '1,234.50'], 'pass'],
    ['keeps other commas', ['total, is'], 'fail'],
    ['wants each text', ['done', 'refused'], 'fail'],
    ['does not join messages', ['euros done'], 'fail'],
    ['does not listen to the user', ['cancel'], 'fail'],
    ['takes a single text', 'done', 'pass'],
    [
      'takes matchers, each met by one message',
      [{ $regex: '^DONE$' }, { $contains: 'euros' }],
      'pass',
    ],
    [
      'wants one message for all that a matcher asks',
      [{ $contains: 'DONE', $regex: 'euros' }],
      'fail',
    ],
  ])('%s', async (_, value, status) => {
    expect((await verdictOf(trajectory, 'says', value)).status).toBe(status);
  });

  it('names what nobody said', async () => {
    const { reason, evidence } = await verdictOf(trajectory, 'says', ['done', 'refused']);
    expect(reason).toContain('"refused"');
    expect(reason).not.toContain('"done"');
    expect(evidence).toEqual([4]);
  });

  it('does not read a matcher of a type that it does not speak of as said', async () => {
    expect((await verdictOf(trajectory, 'says', [{ $gt: 5 }])).status).toBe('fail');
  });
});
