import { describe, expect, test } from 'vitest';
import { lines, loadText, suiteText, testProject } from './project.test-support.ts';

describe('loadSuites() reads mocks', () => {
  test('with references made absolute from the file that names them', async () => {
    const project = await testProject({
      '.git/HEAD': '',
      'suites/r.jsonl': '',
      'suites/shop.suite.yaml': suiteText({ more: 'tools: ../tools/shop.yaml\n' }),
      'tools/shop.yaml':
        'refund: { mock: "./shop.mock.ts#refund" }\nsearch: { mock: { recording: ./sub/search.jsonl } }\nnow: { mock: [{ uses: 1, result: 1 }] }\nown: { mock: agent }\nbare: {}\n',
      'tools/shop.mock.ts': '',
      'tools/sub/search.jsonl': '',
    });
    const { suites, faults } = await project.load(['suites/shop.suite.yaml']);
    expect(lines(faults)).toEqual([]);
    const folder = `${project.folder}/tools`;
    expect({ ...suites[0]?.tools }).toEqual({
      refund: {
        mock: {
          kind: 'function',
          reference: `${folder}/shop.mock.ts#refund`,
          written: './shop.mock.ts#refund',
        },
      },
      search: {
        mock: {
          kind: 'recording',
          file: `${folder}/sub/search.jsonl`,
          written: './sub/search.jsonl',
        },
      },
      now: { mock: { kind: 'entries', entries: [{ uses: 1, result: 1 }] } },
      own: { mock: { kind: 'agent' } },
      bare: {},
    });
  });

  test('as part of the digest of a suite', async () => {
    const text = suiteText({ more: 'tools: { a: { mock: "./m.ts" } }\n' });
    const one = await loadText(text, { 'm.ts': 'a' });
    const other = await loadText(text, { 'm.ts': 'b' });
    expect(one.suites[0]?.digest).not.toBe(other.suites[0]?.digest);
  });

  test.each<[string, string]>([
    [
      '[{ result: 1, error: { code: a } }]',
      '3:42 tools.a.mock.0.error: An entry has a result or an error, not both',
    ],
    ['[{ error: {} }]', '3:31 tools.a.mock.0.error: Expected code, message or both'],
    ['[{ uses: 0 }]', '3:30 tools.a.mock.0.uses: Expected a number above 0, got 0'],
    [
      '[{ when: { a: { $gtt: 1 } } }]',
      '3:37 tools.a.mock.0.when.a.$gtt: Unknown operator $gtt: did you mean "$gt"? (data with $ keys is written under $eq)',
    ],
    [
      './answers.jsonl',
      '3:21 tools.a.mock: A mock in code is written ./file.ts#name, a tool that the agent runs itself "agent"; recorded answers stand under { recording: ./file.jsonl }',
    ],
    ['{ recording: ./none.jsonl }', '3:34 tools.a.mock.recording: There is no file "./none.jsonl"'],
    [
      '{ recordng: ./r.jsonl }',
      '3:23 tools.a.mock.recordng: Unknown key "recordng", did you mean "recording"?',
    ],
    [
      '5',
      '3:21 tools.a.mock: Expected a list of answers, a function ./file.ts#name, or { recording: ./file.jsonl }',
    ],
    ['"./none.ts#a"', '3:21 tools.a.mock: There is no file "./none.ts"'],
    [
      '[{ result: 1 }, { when: { a: 1 } }, {}]',
      '3:37 tools.a.mock.1: warning: Never answers, as entry 1 before it always does',
    ],
  ])('and tells what is wrong with %s', async (mock, fault) => {
    const { faults } = await loadText(suiteText({ more: `tools: { a: { mock: ${mock} } }\n` }));
    expect(lines(faults)).toContain(fault);
  });

  test('without a warning where each entry can answer', async () => {
    const mock = '[{ uses: 1, result: 1 }, { when: { a: 1 } }, {}]';
    const { faults } = await loadText(suiteText({ more: `tools: { a: { mock: ${mock} } }\n` }));
    expect(lines(faults)).toEqual([]);
  });
});

describe('loadSuites() reads worlds', () => {
  test('inline or from a file, that of a task in place of the suite', async () => {
    const text = suiteText({
      more: 'world: ./shop.world.json\n',
      tasks:
        '  - { id: a, expect: { answer: x } }\n  - { id: b, world: { orders: { 1: late } }, expect: { answer: x } }\n  - { id: "{{n}}", for_each: [{ n: c }], world: { name: "{{n}}" }, expect: { answer: x } }\n',
    });
    const world = '{ "orders": {}, "__proto__": { "a": 1 } }';
    const { suites, faults } = await loadText(text, { 'shop.world.json': world });
    expect(lines(faults)).toEqual([]);
    expect(JSON.stringify(suites[0]?.world)).toBe('{"orders":{},"__proto__":{"a":1}}');
    expect(suites[0]?.tasks.map((task) => task.world)).toEqual([
      undefined,
      { orders: { 1: 'late' } },
      { name: 'c' },
    ]);
  });

  test('of tasks in lines', async () => {
    const line = '{"id":"a","world":{"orders":{}},"expect":{"answer":"x"}}';
    const text = suiteText().replace(/tasks:.*/s, 'tasks: { from: ./t.jsonl }\n');
    const { suites } = await loadText(text, { 't.jsonl': line });
    expect(suites[0]?.tasks[0]?.world).toEqual({ orders: {} });
  });

  test.each<[string, string]>([
    ['[]', '3:8 world: Expected a map, got []'],
    ['./list.json', '1:1 : Expected a map, got []'],
  ])('and refuses %s', async (world, fault) => {
    const { faults } = await loadText(suiteText({ more: `world: ${world}\n` }), {
      'list.json': '[]',
    });
    expect(lines(faults)).toEqual([fault]);
  });
});
