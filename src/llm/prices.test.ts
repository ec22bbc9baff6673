import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf, pricesOf } from './prices.ts';

const prices = pricesOf(
  {
    as_of: '2026-07-01',
    usd_per_million_tokens: {
      'gpt-5-mini': { input: 0.25, cached_input: 0.025, output: 2 },
      'claude-sonnet-4-5': { input: 3, output: 15 },
      o3: { input: 2, output: 8 },
    },
  },
  { usd_per_million_tokens: { o3: { input: 1, output: 1 } } },
  null,
);

describe('costOf()', () => {
  test.each([
    ['gpt-5-mini', { input_tokens: 1000, output_tokens: 100 }, 0.00045],
    ['gpt-5-mini', { input_tokens: 3, output_tokens: 1, cached_tokens: 1 }, 0.000002525],
    ['gpt-5-mini-2025-08-07', { input_tokens: 1_000_000, output_tokens: 0 }, 0.25],
    ['claude-sonnet-4-5-20250929', { input_tokens: 100, output_tokens: 0 }, 0.0003],
    ['claude-sonnet-4-5@20250929', { input_tokens: 100, output_tokens: 0 }, 0.0003],
    ['claude-sonnet-4-5-latest', { input_tokens: 0, output_tokens: 0 }, 0],
    ['claude-sonnet-4-5', { input_tokens: 10, output_tokens: 0, cached_tokens: 10 }, 0.00003],
    ['o3', { input_tokens: 1, output_tokens: 1 }, 0.000002],
  ])('says what %s costs for %j', (model, usage, cost) => {
    expect(costOf(model, usage, prices)).toBe(cost);
  });

  test.each(['gpt-5', 'gpt-5-mini-pro', '', 'constructor', '-2025-08-07', 'toString'])(
    'is null for %j, which has no price',
    (model) => {
      expect(costOf(model, { input_tokens: 1, output_tokens: 1 }, prices)).toBe(null);
    },
  );

  test.each([
    { input_tokens: -1, output_tokens: 1 },
    { input_tokens: Number.NaN, output_tokens: 1 },
    { input_tokens: 1, output_tokens: 0.5 },
    { input_tokens: 1, output_tokens: 1, cached_tokens: 2 },
  ])('is null where the usage makes no sense: %j', (usage) => {
    expect(costOf('o3', usage, prices)).toBe(null);
  });

  test('is exact: what is paid for parts adds up to what is paid for the whole', () => {
    const tokens = fc.nat(1_000_000_000);
    fc.assert(
      fc.property(tokens, tokens, (input_tokens, output_tokens) => {
        const cost = costOf('gpt-5-mini', { input_tokens, output_tokens }, prices);
        const exact = BigInt(input_tokens) * 25n + BigInt(output_tokens) * 200n;
        expect(cost).toBe(Number(`${exact}e-8`));
      }),
    );
  });
});
