import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { isPlainSchema } from './plain-schema.ts';

const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });

const plain: object[] = [
  {},
  { type: 'object', properties: { order_id: { type: 'string' } }, required: ['order_id'] },
  { type: ['string', 'null'], description: 'A name', title: 'Name', format: 'date', default: null },
  { type: 'array', items: { type: 'integer', minimum: 0, maximum: 9 }, minItems: 1, maxItems: 3 },
  { anyOf: [{ const: 1 }, { enum: ['a', 'b'] }], additionalProperties: false },
  { oneOf: [true], allOf: [{ minLength: 1, maxLength: 2 }], uniqueItems: true },
  { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
  { properties: { constructor: { type: 'string' } } },
];

const broken: object[] = [
  { type: 'text' },
  { type: [] },
  { type: ['string', 'string'] },
  { properties: [] },
  { properties: { id: { type: 'text' } } },
  { required: 'id' },
  { required: ['id', 'id'] },
  { required: [1] },
  { items: [] },
  { anyOf: [] },
  { enum: 'a' },
  { minLength: -1 },
  { minItems: 1.5 },
  { minimum: '1' },
  { description: 1 },
];

describe('isPlainSchema()', () => {
  it.each(plain)('knows the common schema %j, which a validator accepts', (schema) => {
    expect(isPlainSchema(schema)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  it.each(broken)('leaves the broken schema %j to a validator, which refuses it', (schema) => {
    expect(isPlainSchema(schema)).toBe(false);
    expect(() => ajv.compile(schema)).toThrow();
  });

  it.each<[unknown]>([[null], [true], ['object'], [[]], [{ pattern: '(' }], [{ toString: 1 }]])(
    'says nothing of %j',
    (schema) => {
      expect(isPlainSchema(schema)).toBe(false);
    },
  );

  it('says nothing of what is nested deeply', () => {
    let schema: object = {};
    for (let at = 0; at < 40; at++) schema = { items: schema };
    expect(isPlainSchema(schema)).toBe(false);
  });
});
