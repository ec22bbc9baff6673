import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exchangeKey } from './exchange-key.ts';

/** A copy of a JSON value whose keys stand in the other order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, reversed(item)]);
  return Object.fromEntries(entries.reverse());
}

describe('exchangeKey()', () => {
  test('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        expect(exchangeKey(reversed(body) as typeof body)).toBe(exchangeKey(body));
      }),
    );
  });

  test('depends on the order of messages, and on nothing of streaming', () => {
    expect(exchangeKey({ messages: [1, 2] })).not.toBe(exchangeKey({ messages: [2, 1] }));
    const streamed = { model: 'm', stream: true, stream_options: { include_usage: true } };
    expect(exchangeKey(streamed)).toBe(exchangeKey({ model: 'm' }));
  });

  test('refuses what is nested too deeply', () => {
    const depth = 100_000;
    const body = JSON.parse(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    expect(() => exchangeKey(body)).toThrow('it is nested too deeply');
  });
});
