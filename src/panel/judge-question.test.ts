import { expect, test } from 'vitest';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { specOf, viewSaying } from './desk.test-support.ts';
import { judgeQuestion, type QuestionAbout } from './judge-question.ts';

const ABOUT: QuestionAbout = { step: null, reference: null, redact: (text) => text };

function partsOf(spec: Partial<JudgeSpec> = {}, about: Partial<QuestionAbout> = {}, said = 'Hi') {
  return judgeQuestion(viewSaying(said), specOf(spec), { ...ABOUT, ...about }).parts;
}

const { rubric } = specOf();

test.each<[string, Partial<JudgeSpec>, Partial<QuestionAbout>, string]>([
  ['rubric', { rubric: { ...rubric, text: 'Is it rude?' } }, {}, 'Hi'],
  ['rubric', { rubric: { ...rubric, version: '2' } }, {}, 'Hi'],
  ['form', { scale: [0, 5] }, {}, 'Hi'],
  ['settings', { temperature: 1 }, {}, 'Hi'],
  ['settings', { sees: { steps: {} } }, {}, 'Hi'],
  ['context', { context: 'a' }, {}, 'Hi'],
  ['context', { examples: [{ given: 'a', answer: 1 }] }, {}, 'Hi'],
  ['reference', {}, { reference: 'a' }, 'Hi'],
  ['reference', {}, { reference: '' }, 'Hi'],
  ['shown', {}, {}, 'Hello'],
])('judgeQuestion() has another part %s with %j, %j, %j', (part, spec, about, said) => {
  const [before, after] = [partsOf(), partsOf(spec, about, said)];
  expect(after[part]).not.toBe(before[part]);
  expect({ ...after, [part]: '' }).toEqual({ ...before, [part]: '' });
});

test('judgeQuestion() is the same question whatever the judge is called and how its ballots agree', () => {
  const other = { name: 'other', agree: 'all', votes: 3, models: ['x'], canaries: 1 } as const;
  expect(partsOf({ ...other, rubric: { ...rubric, name: 'tone', source: 'a' } })).toEqual(
    partsOf(),
  );
});

test('judgeQuestion() is another question where the answers are listed in another order', () => {
  const [one, other] = [
    { yes: 'Y', no: 'N' },
    { no: 'N', yes: 'Y' },
  ].map((answers) => partsOf({ scale: null, answers }));
  expect(one?.['form']).not.toBe(other?.['form']);
});
