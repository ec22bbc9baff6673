import { describe, expect, test } from 'vitest';
import type { Tools } from '../model/tool.ts';
import { unknownNames } from './tool-names.ts';

const closed = { type: 'object', properties: { order_id: {}, amount: {} } };
const tools: Tools = {
  get_order: { input: closed },
  refund_order: { input: { ...closed, additionalProperties: false } },
  delete_order: {},
  search: { input: { ...closed, additionalProperties: true } },
  list: { input: { ...closed, additionalProperties: { type: 'string' } } },
  find: { input: { ...closed, patternProperties: { '^x-': {} } } },
  pick: { input: { ...closed, anyOf: [] } },
  ping: { input: { type: 'object', properties: {} } },
};

describe('unknownNames() finds none in', () => {
  test.each<[unknown]>([
    ['get_order'],
    ['*_order'],
    ['*'],
    [{ get_order: { order_id: 1 } }],
    [{ tool: 'get_order', args: { $partial: { amount: 1 } }, times: 2 }],
    [{ get_order: null, status: 'ok' }],
    [{ '*_order': { anything: 1 } }],
    [{ delete_order: { anything: 1 } }],
    [{ search: { anything: 1 } }],
    [{ list: { anything: 1 } }],
    [{ find: { anything: 1 } }],
    [{ pick: { anything: 1 } }],
    [{ get_order: { order_id: { anything: 1 }, $rest: { $any: true } } }],
    [{ get_order: { $regex: 'x' } }],
    [{ get_order: { $or: [{ order_id: 1 }, { $not: { amount: 2 } }] } }],
    [3],
    [{}],
  ])('%j', (pattern) => {
    expect(unknownNames({ path: [], pattern }, tools)).toEqual([]);
  });
});

describe('unknownNames() finds', () => {
  test.each<[unknown, string[]]>([
    ['get_ordr', ['value never.0: Unknown tool "get_ordr", did you mean "get_order"?']],
    [
      { get_ordr: { order_id: 1 } },
      ['key never.0.get_ordr: Unknown tool "get_ordr", did you mean "get_order"?'],
    ],
    [
      { tool: 'get_ordr' },
      ['value never.0.tool: Unknown tool "get_ordr", did you mean "get_order"?'],
    ],
    [
      'buy',
      [
        'value never.0: Unknown tool "buy", the tools are get_order, refund_order, delete_order, search, list, find, pick, ping',
      ],
    ],
    ['constructor', [expect.stringMatching(/Unknown tool "constructor"/) as string]],
    ['*_ordr', [expect.stringMatching(/No tool is named like "\*_ordr"/) as string]],
    [
      { get_order: { ammount: 1 } },
      [
        'key never.0.get_order.ammount: Unknown argument "ammount" of get_order, did you mean "amount"?',
      ],
    ],
    [
      { refund_order: { x: 1, order_id: 2 } },
      [
        'key never.0.refund_order.x: Unknown argument "x" of refund_order, it takes order_id, amount',
      ],
    ],
    [
      { ping: { host: 1 } },
      ['key never.0.ping.host: Unknown argument "host" of ping, it takes none'],
    ],
    [
      {
        tool: 'get_order',
        args: {
          $partial: { a: 1 },
          $not: { b: 1 },
          $and: [{ c: 1 }, { $or: [{ d: 1 }] }],
          $eq: { $e: 1 },
        },
      },
      ['args.$partial.a', 'args.$not.b', 'args.$and.0.c', 'args.$and.1.$or.0.d', 'args.$eq.$e'].map(
        (path) =>
          expect.stringMatching(
            `key never.0.${path.replaceAll('$', '\\$')}: Unknown argument`,
          ) as string,
      ),
    ],
    [{ '{get,refund}_order': { x: 1 } }, [expect.stringMatching(/Unknown tool/) as string]],
    [
      { 're*_order': { x: 1 } },
      ['key never.0.re*_order.x: Unknown argument "x" of re*_order, it takes order_id, amount'],
    ],
  ])('%j', (pattern, wanted) => {
    const found = unknownNames({ path: ['never', 0], pattern }, tools);
    expect(found.map(({ on, path, message }) => `${on} ${path.join('.')}: ${message}`)).toEqual(
      wanted,
    );
  });
});
