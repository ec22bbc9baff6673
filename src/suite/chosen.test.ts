import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { chosen } from './chosen.ts';
import { mapOf } from './map-of.ts';

describe('chosen()', () => {
  const schema = chosen(
    (value) => (typeof value === 'string' ? 0 : Array.isArray(value) ? 'No lists' : 1),
    z.string().transform((text) => text.length),
    z.strictObject({ a: z.number() }),
  );

  test('gives what the picked variant gives', () => {
    expect(schema.parse('abc')).toBe(3);
    expect(schema.parse({ a: 1 })).toEqual({ a: 1 });
  });

  test('tells the faults of the picked variant only', () => {
    const issues = z.object({ x: schema }).safeParse({ x: { a: '1', b: 2 } }).error?.issues;
    expect(issues?.map(({ code, path }) => [code, path])).toEqual([
      ['invalid_type', ['x', 'a']],
      ['unrecognized_keys', ['x']],
    ]);
  });

  test('tells why no variant is meant', () => {
    expect(schema.safeParse([]).error?.issues).toMatchObject([{ message: 'No lists' }]);
  });

  test('stays chosen when it is described or made optional', () => {
    const described = z.object({ x: schema.describe('X').optional() });
    expect(described.safeParse({ x: [] }).error?.issues).toMatchObject([
      { message: 'No lists', path: ['x'] },
    ]);
    expect(described.parse({})).toEqual({});
  });

  test('shows every variant as a JSON Schema', () => {
    const { anyOf } = z.toJSONSchema(schema, { io: 'input' });
    expect(anyOf).toMatchObject([{ type: 'string' }, { type: 'object' }]);
  });
});

describe('mapOf()', () => {
  const schema = mapOf(z.number(), z.string().max(9));

  test('gives the value as it is, keys that objects inherit included', () => {
    const value = JSON.parse('{ "__proto__": 1, "toString": 2 }') as unknown;
    expect(schema.parse(value)).toBe(value);
  });

  test('validates names and values under every key', () => {
    const value = JSON.parse('{ "__proto__": "1", "a": 1, "much-too-long": 2 }') as unknown;
    const issues = schema.safeParse(value).error?.issues;
    expect(issues?.map(({ code, path }) => [code, path])).toEqual([
      ['invalid_type', ['__proto__']],
      ['custom', ['much-too-long']],
    ]);
  });

  test('refuses what is no map', () => {
    expect(schema.safeParse([]).success).toBe(false);
    expect(schema.safeParse(null).success).toBe(false);
  });
});
