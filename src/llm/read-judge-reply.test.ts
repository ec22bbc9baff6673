import { describe, expect, test } from 'vitest';
import { readJudgeReply } from './read-judge-reply.ts';

const body = (message: unknown, choice = {}, more = {}) => ({
  choices: [{ message, ...choice }],
  ...more,
});
const NOTHING = { text: null, refusal: null, isCutOff: false, model: null, usage: null };

describe('readJudgeReply() reads', () => {
  test.each<[string, unknown, object]>([
    ['text', body({ content: '{}' }), { text: '{}' }],
    ['the first of two', { choices: [{ message: { content: 'a' } }, {}] }, { text: 'a' }],
    [
      'parts of text',
      body({ content: [{ type: 'text', text: '{' }, { type: 'thinking' }, { text: '}' }] }),
      { text: '{}' },
    ],
    ['no text', body({ content: null }), {}],
    ['none at all', body({}), {}],
    ['empty text', body({ content: '' }), {}],
    ['no part', body({ content: [] }), {}],
    ['a refusal', body({ content: null, refusal: 'I cannot' }), { refusal: 'I cannot' }],
    ['a part that refuses', body({ content: [{ refusal: 'No' }] }), { refusal: 'No' }],
    [
      'what was cut off',
      body({ content: '{' }, { finish_reason: 'length' }),
      { text: '{', isCutOff: true },
    ],
    [
      'what was filtered',
      body({ content: '' }, { finish_reason: 'content_filter' }),
      { isCutOff: true },
    ],
    ['what ended', body({ content: '{}' }, { finish_reason: 'stop' }), { text: '{}' }],
    [
      'tokens and the name of the model',
      body(
        { content: 'a' },
        {},
        {
          model: 'm-2026-01-01',
          usage: {
            prompt_tokens: 7,
            completion_tokens: 2,
            prompt_tokens_details: { cached_tokens: 3 },
          },
        },
      ),
      {
        text: 'a',
        model: 'm-2026-01-01',
        usage: { input_tokens: 7, output_tokens: 2, cached_tokens: 3 },
      },
    ],
    [
      'no tokens that make no sense',
      body({ content: 'a' }, {}, { usage: { prompt_tokens: '7', completion_tokens: -1 } }),
      { text: 'a' },
    ],
  ])('%s', (_, given, said) => {
    expect(readJudgeReply(given)).toEqual({ ...NOTHING, ...said });
  });
});

describe('readJudgeReply() says what is wrong with', () => {
  const message = 'choices[0].message is not an object';
  const content = 'choices[0].message.content is neither text nor parts';
  test.each<[unknown, string]>([
    [{}, 'choices is not a list'],
    [null, 'choices is not a list'],
    [{ choices: { 0: {} } }, 'choices is not a list'],
    [{ choices: [] }, message],
    [{ choices: [null] }, message],
    [{ choices: [{ text: '{}' }] }, message],
    [body('text'), message],
    [body([]), message],
    [body({ content: 4 }), content],
    [body({ content: { text: '{}' } }), content],
    [body({ content: ['{}'] }), content],
  ])('%j', (given, fault) => {
    expect(readJudgeReply(given)).toEqual({ fault });
  });
});
