import { describe, expect, test } from 'vitest';
import { lines, loadText, suiteText } from './project.test-support.ts';

const from = suiteText().replace(/tasks:.*/s, 'tasks: { from: ./tasks.jsonl }\n');

describe('loadSuites() makes a task of each entry of for_each', () => {
  const expanded = async (task: string) => loadText(suiteText({ tasks: task }));

  test('with names replaced in values, keeping their types', async () => {
    const { suites, faults } = await expanded(
      `  - id: "refund-{{order}}"
    for_each: [{ order: 7, amount: 1.5, tags: [a, b] }, { order: 8, amount: 2, tags: [] }]
    tags: "{{tags}}"
    input: "Order {{order}} of {{ amount }}, {{order}} again"
    trials: "{{order}}"
    expect: { answer: { order: { deep: ["{{amount}}", "{{order}}"] } } }
`,
    );
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.tasks).toMatchObject([
      {
        id: 'refund-7',
        tags: ['a', 'b'],
        input: 'Order 7 of 1.5, 7 again',
        trials: 7,
        expect: { answer: { order: { deep: [1.5, 7] } } },
        at: { line: 4 },
      },
      { id: 'refund-8', tags: [], trials: 8 },
    ]);
  });

  test('without reading again what was put in', async () => {
    const { suites } = await expanded(
      '  - { id: "{{a}}", for_each: [{ a: "{{b}}", b: x }], expect: { answer: "{{a}}" } }\n',
    );
    expect(suites[0]?.tasks[0]).toMatchObject({ id: '{{b}}', expect: { answer: '{{b}}' } });
  });

  test('and leaves braces alone where there is no for_each', async () => {
    const { suites, faults } = await expanded(
      '  - { id: a, input: "{{b}}", expect: { answer: { $eq: "{{c}}" } } }\n',
    );
    expect(lines(faults)).toEqual([
      '4:21 tasks.0.input: warning: {{b}} is not replaced, as the task has no for_each',
    ]);
    const expected = { answer: { $eq: '{{c}}' } };
    expect(suites[0]?.tasks[0]).toMatchObject({ input: '{{b}}', expect: expected });
  });

  test.each<[string, string, string[]]>([
    [
      'a name that is not defined',
      '{ id: "{{odrer}}", for_each: [{ order: a }, { order: b }], limits: { turns: 1 } }',
      ['4:11 tasks.0.id: {{odrer}} is not defined by for_each, did you mean "order"?'],
    ],
    [
      'a name that one entry lacks',
      '{ id: "x{{a}}", for_each: [{ a: 1 }, { b: 2 }], limits: { turns: 1 } }',
      ['4:11 tasks.0.id: {{a}} is not defined by entry 2 of for_each'],
    ],
    [
      'a name that objects inherit',
      '{ id: "{{constructor}}", for_each: [{}], limits: { turns: 1 } }',
      ['4:11 tasks.0.id: {{constructor}} is not defined by for_each, an entry is empty'],
    ],
    [
      'a map inside text',
      '{ id: a, input: "x {{b}}", for_each: [{ b: {} }], limits: { turns: 1 } }',
      ['4:21 tasks.0.input: {{b}} is a map, which cannot stand inside a text'],
    ],
    [
      'ids that do not differ',
      '{ id: a, for_each: [{ b: 1 }, { b: 2 }, { b: 3 }], limits: { turns: 1 } }',
      [
        '4:11 tasks.0.id: for_each makes the task id "a" twice; put a {{name}} that differs into it',
      ],
    ],
    [
      'a value that does not fit',
      '{ id: "{{a}}", trials: "{{b}}", for_each: [{ a: x, b: 1 }, { a: y, b: -1 }], limits: { turns: 1 } }',
      ['4:28 tasks.0.trials: Expected a number above 0, got -1 (entry 2 of for_each)'],
    ],
    [
      'entries that are no maps',
      '{ id: a, for_each: [b], limits: { turns: 1 } }',
      ['4:25 tasks.0.for_each.0: Expected a map, got "b"'],
    ],
  ])('unless there is %s', async (_, task, wanted) => {
    expect(lines((await expanded(`  - ${task}\n`)).faults)).toEqual(wanted);
  });

  test('and not of millions of values', async () => {
    const entries = Array.from({ length: 20_000 }, (_, a) => `{ a: ${a} }`).join(', ');
    const input = `[${Array(1000).fill('x').join(', ')}]`;
    const { faults } = await expanded(
      `  - { id: "{{a}}", limits: { turns: 1 }, for_each: [${entries}], input: ${input} }\n`,
    );
    expect(lines(faults)).toEqual([
      '4:52 tasks.0.for_each: for_each makes more than 10 million values; write the tasks as JSONL: tasks: { from: ./tasks.jsonl }',
    ]);
  });
});

describe('loadSuites() makes no more than can be held', () => {
  const MEND = 'write the tasks as JSONL: tasks: { from: ./tasks.jsonl }';
  const refused = async (entries: string, input: string) => {
    const task = `{ id: "{{i}}", limits: { turns: 1 }, for_each: [${entries}], input: ${input} }`;
    return lines((await loadText(suiteText({ tasks: `  - ${task}\n` }))).faults);
  };

  test('of one text', async () => {
    const entry = `{ i: 1, n: ${'x'.repeat(100_000)} }`;
    expect(await refused(entry, `"${'{{n}}'.repeat(10_000)}"`)).toEqual([
      `4:52 tasks.0.for_each: for_each makes more than 16 MiB of text; ${MEND}`,
    ]);
  });

  test('of many texts', async () => {
    const entries = Array.from({ length: 1000 }, (_, i) => `{ i: ${i} }`).join(', ');
    expect(await refused(entries, `"{{i}}${'x'.repeat(20_000)}"`)).toEqual([
      `4:52 tasks.0.for_each: for_each makes more than 16 MiB of text; ${MEND}`,
    ]);
  });

  test('of texts that are long only before they are filled', async () => {
    const entries = Array.from({ length: 1000 }, (_, i) => `{ i: ${i}, n: "" }`).join(', ');
    expect(await refused(entries, `"${'{{n}}'.repeat(10_000)}"`)).toEqual([
      `4:52 tasks.0.for_each: for_each makes more than 16 MiB of text; ${MEND}`,
    ]);
  });

  test('of values that are put in as they are', async () => {
    const entry = `{ i: 1, n: [${Array(2000).fill('x').join(', ')}] }`;
    expect(await refused(entry, `[${Array(6000).fill('"{{n}}"').join(', ')}]`)).toEqual([
      `4:52 tasks.0.for_each: for_each makes more than 10 million values; ${MEND}`,
    ]);
  });
});

describe('loadSuites() reads tasks from JSONL', () => {
  const read = async (jsonl: string | Uint8Array) => loadText(from, { 'tasks.jsonl': jsonl });
  const task = (id: string) => JSON.stringify({ id, expect: { answer: { $regex: '^D' } } });

  test('one a line, with blank lines, CRLF and a byte order mark', async () => {
    const { suites, faults } = await read(`\ufeff${task('a')}\r\n\n  \n${task('b')}\n${task('c')}`);
    expect(lines(faults)).toEqual([]);
    expect(suites[0]?.tasks.map(({ id, at }) => [id, at.line, at.column])).toEqual([
      ['a', 1, 1],
      ['b', 4, 1],
      ['c', 5, 1],
    ]);
    expect(suites[0]?.tasks[0]?.at.file).toMatch(/tasks\.jsonl$/);
  });

  test('with for_each', async () => {
    const { suites } = await read(
      '{"id":"{{a}}","for_each":[{"a":"x"},{"a":"y"}],"limits":{"turns":1}}\n',
    );
    expect(suites[0]?.tasks.map(({ id }) => id)).toEqual(['x', 'y']);
  });

  test('changing the digest with it', async () => {
    const digests = [await read(task('a')), await read(task('b'))].map(
      ({ suites }) => suites[0]?.digest,
    );
    expect(digests[0]).not.toBe(digests[1]);
  });

  test.each<[string, string | Uint8Array, string[]]>([
    [
      'no line',
      '\n\n',
      ['3:16 tasks.from: "./tasks.jsonl" holds no task: an empty suite never passes'],
    ],
    [
      'what is not JSON',
      `${task('a')}\n{"id": }\n`,
      ["2:8 : The line is not JSON: Unexpected token '}'"],
    ],
    [
      'what is not UTF-8',
      Buffer.from('{"id":"caf\xe9"}\n', 'latin1'),
      ['1:1 : The line is not UTF-8'],
    ],
    ['what is no object', '[]\n', ['1:1 : Expected a map, got []']],
    [
      'several faults',
      '{"id":"a","expct":{},"trials":0}\n{"id":"b","expect":{"never":["a",{"$x":1}]}}\n',
      [
        '1:11 expct: Unknown key "expct", did you mean "expect"?',
        '1:31 trials: Expected a number above 0, got 0',
        '2:40 expect.never.1.$x: Arguments are a map of names to matchers, not 1',
      ] as string[],
    ],
    [
      'an id that was used',
      `${task('a')}\n${task('a')}\n`,
      ['2:7 id: Task id "a" is used twice, first on line 1'],
    ],
    [
      'a key that is written twice',
      '{"id":"a","tags":[],"\\u0074ags":[],"limits":{"turns":1}}\n',
      ['1:21 tags: Key "tags" is written twice'],
    ],
    [
      'numbers that change',
      '{"id":"a","input":[9007199254740993,1e400,-5],"limits":{"turns":1}}\n',
      [
        '1:20 input.0: 9007199254740993 is read as 9007199254740992, as integers beyond 2^53 lose digits; write "9007199254740993"',
        '1:37 input.1: 1e400 is no number that can be kept; write "1e400" if text is meant',
      ],
    ],
    [
      'deep nesting',
      `{"id":"a","limits":{"turns":1},"input":${'['.repeat(1e5)}${']'.repeat(1e5)}}\n`,
      [expect.stringMatching(/^1:239 input.*: Nested deeper than 200 levels$/) as string],
    ],
    [
      'a line of more than 16 MiB',
      `{"id":"${'a'.repeat(2 ** 24)}"}\n${task('b')}`,
      ['1:1 : The line is longer than 16 MiB'],
    ],
    [
      'what nothing judges',
      '{"id":"a"}\n',
      ['1:1 : Nothing judges task "a": give it or the suite expect or limits'],
    ],
  ])('unless it holds %s', async (_, jsonl, wanted) => {
    const { suites, faults } = await read(jsonl);
    expect(lines(faults)).toEqual(wanted);
    expect(suites).toEqual([]);
  });

  test('unless the file is not there', async () => {
    expect(lines((await loadText(from)).faults)).toEqual([
      '3:16 tasks.from: There is no file "./tasks.jsonl"',
    ]);
  });

  test('showing the line', async () => {
    const { faults } = await read('{"id":"a","trials":0,"limits":{"turns":1}}\n');
    expect(faults[0]?.frame).toBe(
      '{"id":"a","trials":0,"limits":{"turns":1}}\n                   ^',
    );
  });
});
