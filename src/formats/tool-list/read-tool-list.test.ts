import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { guessLabels } from './guess-labels.ts';
import { readToolList } from './read-tool-list.ts';

const fixture = (name: string) =>
  parse(readFileSync(new URL(`../../../fixtures/import/${name}`, import.meta.url), 'utf8'));
const input = { type: 'object', properties: { a: { type: 'string' } } };

describe('readToolList()', () => {
  it.each<[string, unknown]>([
    [
      'function schemas',
      [{ type: 'function', function: { name: 'x', description: 'Xes.', parameters: input } }],
    ],
    [
      'flat function schemas',
      [{ type: 'function', name: 'x', description: 'Xes.', parameters: input }],
    ],
    ['tools of MCP', { tools: [{ name: 'x', description: 'Xes.', inputSchema: input }] }],
    [
      'an answer of MCP',
      {
        jsonrpc: '2.0',
        id: 1,
        result: { tools: [{ name: 'x', description: 'Xes.', inputSchema: input }] },
      },
    ],
    [
      'a request',
      {
        model: 'm',
        tools: [
          { type: 'function', function: { name: 'x', description: 'Xes.', parameters: input } },
        ],
      },
    ],
    ['our own', { x: { description: 'Xes.', input } }],
  ])('reads %s', (_what, list) => {
    expect(readToolList(list)).toEqual({
      tools: [{ name: 'x', description: 'Xes.', input, declared: {}, hints: {} }],
      faults: [],
      notes: [],
    });
  });

  it('takes annotations for hints, and our own words as they are', () => {
    const annotations = { readOnlyHint: false, destructiveHint: true, openWorldHint: true };
    const { tools } = readToolList([{ name: 'x', annotations, trusted: true, effect: 'odd' }]);
    expect(tools).toMatchObject([
      {
        declared: { trusted: true },
        hints: { effect: 'irreversible', external: true, trusted: false },
      },
    ]);
    expect(tools[0]?.declared).not.toHaveProperty('effect');
  });

  it.each([
    [true, true, 'irreversible'],
    [true, false, 'read'],
    [true, undefined, 'read'],
    [false, false, 'write'],
  ])(
    'takes the stronger of hints: reads %s, destroys %s',
    (readOnlyHint, destructiveHint, effect) => {
      const annotations = { readOnlyHint, destructiveHint };
      expect(readToolList([{ name: 'x', annotations }]).tools[0]?.hints.effect).toBe(effect);
    },
  );

  it('reads OpenAPI: parameters and body together, references written out, names where there are none', () => {
    const { tools, faults, notes } = readToolList(fixture('desk.openapi.yaml'));
    expect([faults, notes]).toEqual([[], []]);
    expect(
      tools.map(({ name, input: schema, hints }) => [name, schema?.['required'], hints.effect]),
    ).toEqual([
      ['list_tickets', undefined, 'read'],
      ['delete_tickets_id', ['id'], 'irreversible'],
      ['send_message', ['to', 'text'], 'write'],
    ]);
    expect(tools[2]?.description).toBe('Sends a message to a customer.');
    expect(JSON.stringify(tools)).not.toContain('$ref');
  });

  it('ends references that lead to themselves or away, and says so', () => {
    const schema = (ref: string) => ({
      content: { 'application/json': { schema: { $ref: ref } } },
    });
    const { tools, notes } = readToolList({
      openapi: '3.1.0',
      paths: {
        '/a': { post: { requestBody: { required: true, ...schema('#/components/schemas/Node') } } },
        '/b': { post: { requestBody: schema('https://evil.test/x.json') } },
      },
      components: {
        schemas: {
          Node: {
            type: 'object',
            properties: {
              next: { $ref: '#/components/schemas/Node' },
              n: { minimum: 1, exclusiveMinimum: true },
            },
          },
        },
      },
    });
    expect(tools[0]?.input).toMatchObject({ properties: { next: {}, n: { exclusiveMinimum: 1 } } });
    expect(tools[1]?.input).toMatchObject({ properties: { body: {} } });
    expect(notes).toEqual([expect.stringContaining('https://evil.test/x.json')]);
  });

  it('bounds what references grow into', () => {
    const schemas: Record<string, unknown> = {};
    for (let level = 0; level < 20; level++) {
      const deeper = { $ref: `#/components/schemas/s${level + 1}` };
      schemas[`s${level}`] = { type: 'object', properties: { a: deeper, b: deeper } };
    }
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/s0' } } };
    const { notes } = readToolList({
      openapi: '3.0.0',
      paths: { '/a': { post: { requestBody: { content } } } },
      components: { schemas },
    });
    expect(notes).toEqual([expect.stringContaining('nested too deeply')]);
  });

  it('leaves out what has no name that a suite could have, and what is there twice', () => {
    const { tools, notes } = readToolList([
      { name: 'a\u0007' },
      { name: '' },
      { name: 'b' },
      { name: 'b' },
      { type: 'web_search' },
    ]);
    expect(tools.map(({ name }) => name)).toEqual(['b']);
    expect(notes).toHaveLength(4);
  });

  it.each<[unknown, string]>([
    [7, ''],
    [null, ''],
    [{ a: 7 }, 'a'],
    [['a'], '0'],
    [[{ description: 'x' }], '0'],
    [{ tools: [{}] }, 'tools.0'],
    [{ swagger: '2.0' }, 'swagger'],
    [{ openapi: '2.0', paths: {} }, 'openapi'],
    [{ openapi: '3.0.0' }, 'openapi'],
  ])('finds what is wrong with %j at "%s"', (value, at) => {
    expect(readToolList(value).faults.map(({ path }) => path.join('.'))).toEqual([at]);
  });
});

describe('guessLabels()', () => {
  it.each<[string, object, object]>([
    ['get_order', {}, { effect: 'read' }],
    ['getEmail', {}, { effect: 'read', external: true, trusted: false }],
    ['send_email', {}, { effect: 'irreversible', external: true }],
    ['mail.send-message', {}, { effect: 'irreversible', external: true }],
    ['update_order', {}, { effect: 'write' }],
    ['search_web', {}, { effect: 'read', external: true, trusted: false }],
    ['blorp', {}, {}],
    ['list_orders', { effect: 'write' }, { effect: 'write' }],
    ['delete_order', { effect: 'read' }, { effect: 'irreversible' }],
    ['blorp', { effect: 'read', trusted: false }, { effect: 'read', trusted: false }],
    ['constructor', {}, {}],
  ])('takes %s with hints %j for %j', (name, hints, wanted) => {
    expect(guessLabels({ name, declared: {}, hints })).toEqual(wanted);
  });

  it('guesses nothing that is declared', () => {
    const declared = { effect: 'write', external: false, trusted: true } as const;
    expect(guessLabels({ name: 'send_email', declared, hints: {} })).toEqual({});
  });
});
