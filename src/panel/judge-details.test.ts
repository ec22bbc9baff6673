import { expect, test } from 'vitest';
import { specOf, wordsSpec } from './desk.test-support.ts';
import type { Heard } from './hear-trial.ts';
import { judgeDetails, usageOf } from './judge-details.ts';
import type { JudgeExchange } from './judge-exchange.ts';

function heard(more: Partial<Heard> = {}): Heard {
  const agreed = { answer: 4, holds: true };
  return { step: null, agreed, ballots: [], flags: [], live: [], isCut: false, ...more };
}

function paid(cost_usd: number | null, input_tokens = 1): JudgeExchange {
  const usage = { input_tokens, output_tokens: 2 };
  return { usage, cost_usd } as unknown as JudgeExchange; // all that is looked at
}

test('judgeDetails() keeps each flag once, up to 50', () => {
  const many = Array.from({ length: 60 }, (_, at) => `flag ${at}`);
  const both = [heard({ flags: ['flag 0'] }), heard({ flags: many })];
  expect(judgeDetails(specOf({ each: 'tool_call' }), {}, both).flags).toEqual(many.slice(0, 50));
});

test('judgeDetails() fills in what is wanted, without the reference', () => {
  const details = judgeDetails(wordsSpec(), { reference: 'secret' }, null);
  expect(details).toMatchObject({ wanted: { is: ['pass'] }, answer: null, holds: null });
  expect(details.wanted).not.toHaveProperty('reference');
});

test('judgeDetails() says that it was cut only where that left it open', () => {
  const open = { answer: null, holds: null };
  expect(judgeDetails(specOf(), {}, [heard({ agreed: open, isCut: true })]).cut).toBe(true);
  expect(judgeDetails(specOf(), {}, [heard({ isCut: true })])).not.toHaveProperty('cut');
});

test('usageOf() sums what was asked, and knows no cost where one is not known', () => {
  expect(usageOf([])).toBe(undefined);
  expect(usageOf([paid(0.1), paid(0.2)])).toEqual({
    input_tokens: 2,
    output_tokens: 4,
    cost_usd: 0.3,
  });
  expect(usageOf([paid(0.1), paid(null)])?.cost_usd).toBe(null);
});
