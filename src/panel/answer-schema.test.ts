import { expect, test } from 'vitest';
import { answerSchema } from './answer-schema.ts';

test('answerSchema() allows the words of a judge', () => {
  const words = { pass: 'Fully', fail: 'Not' };
  expect(answerSchema({ kind: 'words', words })).toMatchObject({
    properties: { answer: { type: 'string', enum: ['pass', 'fail'] } },
    required: ['nonce', 'reason', 'steps', 'answer'],
    additionalProperties: false,
  });
});

test('answerSchema() allows the numbers of a scale', () => {
  expect(answerSchema({ kind: 'scale', low: 1, high: 5 })).toMatchObject({
    properties: { answer: { type: 'number', minimum: 1, maximum: 5 } },
  });
});
