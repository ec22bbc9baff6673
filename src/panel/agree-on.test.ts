import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JudgeAnswer, Wanted } from '../model/llm-judge.ts';
import { agreeOn, type Counting } from './agree-on.ts';
import type { AnswerForm } from './answer-form.ts';

const WORDS: AnswerForm = { kind: 'words', words: { pass: '', partly: '', fail: '' } };
const SCALE: AnswerForm = { kind: 'scale', low: 1, high: 5 };
const PASS: Wanted = { is: ['pass'] };
const SOME: Wanted = { is: ['pass', 'partly'] };
const GOOD: Wanted = { at_least: 4 };

function words(agree: Counting['agree'], wanted: Wanted): Counting {
  return { agree, form: WORDS, wanted };
}

function scale(agree: Counting['agree'], wanted: Wanted): Counting {
  return { agree, form: SCALE, wanted };
}

describe('agreeOn() counts', () => {
  test.each<[(JudgeAnswer | null)[], Counting, JudgeAnswer | null, boolean | null]>([
    [['pass'], words('majority', PASS), 'pass', true],
    [['fail'], words('majority', PASS), 'fail', false],
    [['pass', 'pass', 'fail'], words('majority', PASS), 'pass', true],
    [['pass', 'fail'], words('majority', PASS), null, null],
    [['pass', 'partly', 'fail'], words('majority', PASS), 'partly', false],
    [['partly', 'pass', 'fail'], words('majority', SOME), 'partly', true],
    [['pass', 'pass', null], words('majority', PASS), 'pass', true],
    [['pass', 'fail', null], words('majority', PASS), null, null],
    [['pass', null, null], words('majority', PASS), null, null],
    [['fail', null, 'fail'], words('majority', PASS), 'fail', false],
    [[null, null, null], words('majority', PASS), null, null],
    [[], words('majority', PASS), null, null],
    [['pass', 'pass'], words('all', PASS), 'pass', true],
    [['pass', 'fail', 'pass'], words('all', PASS), 'fail', false],
    [['pass', null], words('all', PASS), null, null],
    [['fail', null], words('all', PASS), 'fail', false],
    [['fail', 'pass'], words('any', PASS), 'pass', true],
    [['fail', 'partly', 'partly'], words('any', PASS), 'partly', false],
    [['fail', null], words('any', PASS), null, null],
    [['pass', null], words('any', PASS), 'pass', true],
    [['pass'], words('majority', {}), 'pass', false],
    [[4, 4, 5], scale('mean', GOOD), 4.33333333333, true],
    [[4.1, 4.1, 4.1], scale('mean', { at_least: 4.1 }), 4.1, true],
    [[5, 5, null], scale('mean', { at_least: 3 }), 5, true],
    [[5, 4, null], scale('mean', GOOD), 4.5, null],
    [[1, 1, null], scale('mean', GOOD), 1, false],
    [[3, null], scale('mean', { at_least: 2, at_most: 4 }), 3, true],
    [[2, null], scale('mean', { at_least: 2, at_most: 3 }), 2, null],
    [[1, null], scale('mean', { at_least: 1, at_most: 1 }), 1, null],
    [[5], scale('mean', {}), 5, false],
    [[5], scale('majority', {}), 5, false],
    [[3, 4, 5], scale('majority', GOOD), 4, true],
    [[1, 3, 5], scale('majority', { at_least: 2, at_most: 4 }), 3, false],
    [[3, 5], scale('majority', GOOD), 4, null],
    [[5, 1, 3, 4], scale('all', GOOD), 3.5, false],
    [[5, 1, 3, 4], scale('any', GOOD), 3.5, true],
    [['pass'], words('mean', PASS), null, null],
  ])('%j as %j', (ballots, counting, answer, holds) => {
    expect(agreeOn(ballots, counting)).toEqual({ answer, holds });
  });
});

/** Every way in which lost ballots could have been cast. */
function completions(ballots: readonly (JudgeAnswer | null)[], of: readonly JudgeAnswer[]) {
  let all: JudgeAnswer[][] = [[]];
  for (const ballot of ballots) {
    const choices = ballot === null ? of : [ballot];
    all = all.flatMap((made) => choices.map((choice) => [...made, choice]));
  }
  return all;
}

/** What all completions come to, null where they differ. */
function oracle(
  ballots: readonly (JudgeAnswer | null)[],
  of: readonly JudgeAnswer[],
  decide: (ballots: readonly JudgeAnswer[]) => boolean | null,
): boolean | null {
  if (ballots.every((ballot) => ballot === null)) return null;
  const found = new Set(completions(ballots, of).map(decide));
  const [only = null] = found;
  return found.size === 1 ? only : null;
}

/** Says it the long way. */
function decideBy(agree: Counting['agree'], holds: (answer: JudgeAnswer) => boolean) {
  return (ballots: readonly JudgeAnswer[]): boolean | null => {
    const yes = ballots.filter(holds).length;
    if (agree === 'all') return yes === ballots.length;
    if (agree === 'any') return yes > 0;
    if (agree === 'mean') {
      const sum = ballots.reduce<number>((so, each) => so + Number(each), 0);
      return holds(sum / ballots.length);
    }
    if (yes > ballots.length / 2) return true;
    return yes < ballots.length / 2 ? false : null;
  };
}

describe('agreeOn() agrees with every completion of the lost ballots', () => {
  const agree = fc.constantFrom<Counting['agree'][]>('majority', 'all', 'any');

  test('of words', () => {
    const all = ['pass', 'partly', 'fail'];
    const ballot = fc.constantFrom(...all, null);
    const is = fc.subarray(all, { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(ballot, { maxLength: 5 }), agree, is, (ballots, how, wanted) => {
        const decide = decideBy(how, (answer) => wanted.includes(String(answer)));
        const { holds } = agreeOn(ballots, words(how, { is: wanted }));
        expect(holds).toBe(oracle(ballots, all, decide));
      }),
    );
  });

  test('of values', () => {
    const all = [1, 2, 3, 4, 5];
    const ballot = fc.constantFrom(...all, null);
    const any = fc.oneof(agree, fc.constant<Counting['agree']>('mean'));
    const bounds = fc.tuple(fc.constantFrom(2, 3, 4), fc.constantFrom(3, 4, null));
    const ballots = fc.array(ballot, { maxLength: 5 });
    fc.assert(
      fc.property(ballots, any, bounds, (given, how, [at_least, most]) => {
        const at_most = Math.max(at_least, most ?? 5);
        const holdsIn = (answer: JudgeAnswer) =>
          Number(answer) >= at_least && Number(answer) <= at_most;
        const wanted = most === null ? { at_least } : { at_least, at_most };
        const { holds } = agreeOn(given, scale(how, wanted));
        const expected = oracle(given, all, decideBy(how, holdsIn));
        // Means between those of whole numbers could be reached, too
        if (how === 'mean' && holds === null) return;
        expect(holds).toBe(expected);
      }),
    );
  });

  test('of means with one bound', () => {
    const all = [1, 2, 3, 4, 5];
    const ballots = fc.array(fc.constantFrom(...all, null), { maxLength: 5 });
    fc.assert(
      fc.property(ballots, fc.constantFrom(1.5, 3, 4.2), fc.boolean(), (given, at, isLeast) => {
        const decide = decideBy('mean', (answer) =>
          isLeast ? Number(answer) >= at : Number(answer) <= at,
        );
        const { holds } = agreeOn(
          given,
          scale('mean', isLeast ? { at_least: at } : { at_most: at }),
        );
        expect(holds).toBe(oracle(given, all, decide));
      }),
    );
  });
});
