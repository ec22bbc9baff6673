import { describe, expect, test } from 'vitest';
import { bodyOf, type Feature, refusedFeatures } from './request-features.ts';

const request = {
  model: 'm',
  messages: [{ role: 'user', content: 'Judge' }],
  temperature: 0,
  seed: 2,
  schema: { type: 'object' },
};
const asked = { model: 'm', messages: request.messages };
const format = {
  type: 'json_schema',
  json_schema: { name: 'verdict', strict: true, schema: request.schema },
};

describe('bodyOf() asks', () => {
  test.each<[Feature[], object]>([
    [[], { ...asked, response_format: format, temperature: 0, seed: 2 }],
    [['response_format'], { ...asked, temperature: 0, seed: 2 }],
    [['temperature', 'seed'], { ...asked, response_format: format }],
    [['response_format', 'temperature', 'seed'], asked],
  ])('without %j', (without, body) => {
    expect(bodyOf(request, new Set(without))).toEqual(body);
  });
});

const error = (message: string, more = {}) => ({ error: { message, ...more } });
const all: Feature[] = ['response_format', 'temperature', 'seed'];

describe('refusedFeatures() finds', () => {
  test.each<[number, unknown, Feature[], Feature[]]>([
    [
      400,
      error("'response_format' of type 'json_schema' is not supported with this model"),
      [],
      ['response_format'],
    ],
    [400, error('This server has no structured outputs'), [], ['response_format']],
    [
      400,
      error('Only the default (1) value is supported', { param: 'temperature' }),
      [],
      ['temperature'],
    ],
    [
      422,
      { detail: [{ loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] },
      [],
      ['seed'],
    ],
    [404, error('No endpoints support: response_format, seed'), [], ['response_format', 'seed']],
    [400, error('context length exceeded'), [], all],
    [400, error('context length exceeded'), ['seed'], ['response_format', 'temperature']],
    [400, error('context length exceeded'), all, []],
    [400, error('seed is not supported'), ['seed'], ['response_format', 'temperature']],
    [404, error('no such model'), [], []],
    [413, error('too large for response_format'), [], []],
    [422, { detail: [{ loc: ['body', 'messages'], input: { ...asked, seed: 2 } }] }, [], []],
    [422, error('Reseeding failed'), [], []],
    [200, { choices: [{ message: { content: 'seed' } }] }, [], []],
  ])('in status %d, %j, without %j: %j', (status, body, without, found) => {
    expect(refusedFeatures({ status, body }, new Set(without))).toEqual(found);
  });
});
