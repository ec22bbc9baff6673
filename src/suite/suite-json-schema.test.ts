import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { suiteText, testKinds } from './project.test-support.ts';
import { suiteJsonSchema, toolsJsonSchema } from './suite-json-schema.ts';
import { suiteSchema } from './suite-schema.ts';

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
const isSuite = ajv.compile(suiteJsonSchema(testKinds));
const areTools = ajv.compile(toolsJsonSchema());

describe('suiteJsonSchema()', () => {
  test('is of draft 2020-12, and refers only to what it defines', () => {
    const schema = suiteJsonSchema(testKinds);
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(ajv.validateSchema(schema)).toBe(true);
    const names = [...JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(names)].sort()).toEqual([
      'call_status',
      'early_pattern',
      'expectations',
      'matcher',
      'required_pattern',
      'selecting_pattern',
    ]);
    for (const name of names) expect(schema['$defs']).toHaveProperty(name ?? '');
  });

  test('describes every key', () => {
    const { properties, $defs } = suiteJsonSchema(testKinds) as {
      properties: Record<string, { description?: string }>;
      $defs: { expectations: { properties: Record<string, { description?: string }> } };
    };
    const keys = { ...properties, ...$defs.expectations.properties };
    const bare = Object.keys(keys).filter((key) => !keys[key]?.description);
    expect(bare).toEqual([]);
    expect(Object.keys(keys)).toContain('policy');
    expect(Object.keys(keys)).toContain('never');
  });

  test.each<[string, string]>([
    ['a suite', suiteText()],
    ['tasks from a file', suiteText().replace(/tasks:.*/s, 'tasks: { from: ./t.jsonl }')],
    [
      'files for values',
      suiteText({ expect: './e.yaml', more: 'tools: ./t.yaml\npolicy: ./p.yaml\n' }),
    ],
    [
      'patterns and matchers',
      suiteText({
        expect: '{ calls: { in_order: [a, { b: { c: { $gt: 1 } } }, { tool: d, times: 2 }] } }',
      }),
    ],
    ['each rule', suiteText({ more: 'trials: 3\npass: { rate: 0.5 }\n' })],
  ])('accepts %s', (_, text) => {
    expect(isSuite(parse(text)), JSON.stringify(isSuite.errors)).toBe(true);
    expect(suiteSchema(testKinds).safeParse(parse(text)).success).toBe(true);
  });

  test.each<[string, string]>([
    ['an unknown key', suiteText({ more: 'x: 1\n' })],
    [
      'an agent of two kinds',
      suiteText().replace('{ replay: ./r.jsonl }', '{ replay: a, module: ./b.ts }'),
    ],
    ['an agent of none', suiteText().replace('{ replay: ./r.jsonl }', '{}')],
    ['an unknown expectation', suiteText({ expect: '{ anwser: x }' })],
    ['an unknown ceiling', suiteText({ more: 'limits: { turn: 1 }\n' })],
    ['no tasks', suiteText().replace(/tasks:.*/s, 'tasks: []')],
    [
      'a modifier of the wrong type',
      suiteText({ expect: '{ calls: { in_order: [{ tool: d, times: x }] } }' }),
    ],
  ])('refuses %s', (_, text) => {
    expect(isSuite(parse(text))).toBe(false);
    expect(suiteSchema(testKinds).safeParse(parse(text)).success).toBe(false);
  });
});

describe('toolsJsonSchema()', () => {
  test('accepts tools and refuses unknown keys in them', () => {
    expect(areTools(parse('a: { description: A, effect: read, mock: [{ result: 1 }] }'))).toBe(
      true,
    );
    expect(areTools(parse('a: { efect: read }'))).toBe(false);
    expect(areTools([{ type: 'function' }])).toBe(false);
  });
});
