import { expect, it } from 'vitest';
import type { Verdict } from '../model/verdict.ts';
import { sampleDetails } from './calibration.test-support.ts';
import { doVotesDiffer, judgedTrials } from './judged-items.ts';

const verdict = (more: Partial<Verdict>): Verdict => ({
  path: 'expect.judge.solved',
  kind: 'judge',
  required: true,
  status: 'pass',
  score: 1,
  reason: 'As it says',
  evidence: [],
  details: sampleDetails(['pass']),
  ...more,
});

it('judgedTrials() takes verdicts of LLM judges about whole trials alone', () => {
  const verdicts = [
    verdict({}),
    verdict({ path: 'suite.expect.judge.solved' }),
    verdict({ path: 'conversation.0.expect.judge.solved' }),
    verdict({ kind: 'rule' }),
    verdict({ details: { judge: 'solved' } }),
    verdict({ details: undefined }),
  ];
  expect(judgedTrials({ verdicts })).toHaveLength(2);
});

it.each([
  [['pass', 'fail'], { is: ['pass'] }, true],
  [['pass', 'partly'], { is: ['pass', 'partly'] }, false],
  [[4, 5], { at_least: 4 }, false],
  [[4, 3, 5], { at_least: 4 }, true],
  [['pass', null], { is: ['pass'] }, null],
  [[], { is: ['pass'] }, null],
])('doVotesDiffer() of %j held to %j is %s', (votes, wanted, expected) => {
  const { ballots } = sampleDetails(votes);
  expect(doVotesDiffer(ballots, { wanted })).toBe(expected);
});
