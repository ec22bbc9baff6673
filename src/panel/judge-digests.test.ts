import { describe, expect, test } from 'vitest';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { specOf } from './desk.test-support.ts';
import { judgeDigests } from './judge-digests.ts';

const { rubric } = specOf();

describe('judgeDigests() changes', () => {
  test.each<[string, Partial<JudgeSpec>]>([
    ['rubric', { rubric: { ...rubric, text: 'Is it rude?' } }],
    ['rubric', { rubric: { ...rubric, version: '2' } }],
    ['models', { models: ['judge-a', 'judge-b'] }],
    ['settings', { votes: 3 }],
    ['settings', { scale: [0, 5] }],
    ['settings', { agree: 'all' }],
    ['settings', { sees: 'answer' }],
    ['settings', { each: 'tool_call' }],
    ['settings', { budget: { result: 1, total: 2 } }],
    ['settings', { reference: 'a' }],
    ['settings', { context: 'a' }],
    ['settings', { examples: [{ given: 'a', answer: 1 }] }],
    ['settings', { temperature: 1 }],
  ])('its %s with %j', (part, more) => {
    const [before, after] = [judgeDigests(specOf()), judgeDigests(specOf(more))];
    expect(before).not.toEqual(after);
    expect({ ...before, [part]: '' }).toEqual({ ...after, [part]: '' });
  });
});

test('judgeDigests() looks at no name, source, canaries or order of models', () => {
  const [one, other] = [
    specOf({ models: ['a', 'b'] }),
    specOf({
      ...{ name: 'other', models: ['b', 'a'], canaries: 2, mayJudgeItself: true },
      rubric: { ...rubric, name: 'tone', source: 'a paper' },
    }),
  ];
  expect(judgeDigests(one)).toEqual(judgeDigests(other));
});

test('judgeDigests() looks at the order in which answers are listed', () => {
  const digests = [
    { yes: 'Y', no: 'N' },
    { no: 'N', yes: 'Y' },
  ].map((answers) => judgeDigests(specOf({ scale: null, answers })));
  expect(digests[0]).not.toEqual(digests[1]);
});
