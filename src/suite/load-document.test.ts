import { describe, expect, test } from 'vitest';
import { parseDocument } from './load-document.ts';
import { lines } from './project.test-support.ts';

async function faultsIn(text: string): Promise<string[]> {
  return lines((await parseDocument('/project/shop.suite.yaml', text)).faults);
}

const CUT =
  'The text is cut: what follows " #" is read as a comment; write the text in quotes, or a space after the # of a comment';
const OPEN = 'Not YAML: the quotes that open here are not closed';
const EMPTY = 'The file is empty';

describe('parseDocument() says what a text falls into', () => {
  test.each<[string, string, string[]]>([
    ['text cut by #', 'input: My order #1042 is late', [`1:8 input: ${CUT}`]],
    ['text that is all comment', 'input: #1042\nb: 1', [`1:8 input: ${CUT}`]],
    ['an entry that is all comment', 'a:\n  - #1042', [`2:5 a.0: ${CUT}`]],
    ['text that goes on below', 'a:\n  - refund\n    #1042 done', [`2:5 a.0: ${CUT}`]],
    ['text that goes on right below', '- refund\n  #1042 done\n- b', [`1:3 0: ${CUT}`]],
    ['a value that goes on below', 'a: refund\n  #1042 done', [`1:4 a: ${CUT}`]],
    ['text after quotes', 'a: "Order" #1042 is late', [`1:4 a: ${CUT}`]],
    ['text after single quotes', "a: 'Order' #1042", [`1:4 a: ${CUT}`]],
    ['a comment below', 'a: refund\n  # 1042\n#1042\nb: c', []],
    ['an entry below that is commented out', 'a:\n  - id: b\n    #id: c\n    #1: c\n    d: e', []],
    ['a word below that is commented out', 'a:\n  - b\n  #1\n  - c', []],
    ['a comment after quotes', 'a: "b" # c\nb: "c" #', []],
    ['quotes that are not closed', 'a: 1\nb: "abc\nc: d\n', [`2:4 : ${OPEN}`]],
    ['quotes in a list that are not closed', "a: ['x, y]\nb: 1\n", [`1:5 : ${OPEN}`]],
    [
      'characters beyond the basic plane',
      '"\u{1F600}\u{1F600}": [ok, b #1]',
      [`1:12 \u{1F600}\u{1F600}.1: ${CUT}`],
    ],
    ['a cut in a flow map', 'a: { b: My #1, c: 2 }\nd: 1', [`1:9 a.b: ${CUT}`]],
    [
      'unquoted braces',
      'a: {{id}}\nb: { c: {{ id }} }',
      [
        '1:4 a: {{id}} is read as a map; write it in quotes: "{{id}}"',
        '2:9 b.c: {{ id }} is read as a map; write it in quotes: "{{ id }}"',
      ],
    ],
    [
      'text around unquoted braces',
      'a: {{id}}-1',
      ['1:4 a: {{id}} is read as a map; write it in quotes: "{{id}}"'],
    ],
    [
      'braces inside a list',
      'a: [x {{id}}, 1]',
      ['1:7 a.0.x: {{id}} is read as a map; write it in quotes: "{{id}}"'],
    ],
    [
      'a pattern that is an alias',
      '- *_order',
      [
        '1:3 0: *_order is read as an alias, and no anchor &_order stands before it; write it in quotes: "*_order"',
      ],
    ],
    [
      'a star',
      '- *',
      [
        '1:3 : Not YAML: Alias cannot be an empty string; text that begins with * must be in quotes',
      ],
    ],
    [
      'a key that is an alias',
      '*_order : 3',
      ['1:1 : *_order is read as an alias, and a key cannot be one; write it in quotes: "*_order"'],
    ],
    [
      'an alias in its own anchor',
      'a: &a [*a]',
      ['1:8 a.0: Alias *a stands inside what it refers to'],
    ],
    ['a leading zero', 'id: 01234', ['1:5 id: 01234 is read as 1234; write "01234"']],
    [
      'a leading zero before a point',
      'id: -01.5',
      ['1:5 id: -01.5 is read as -1.5; write "-01.5"'],
    ],
    [
      'an integer beyond 2^53',
      'id: 9007199254740993',
      [
        '1:5 id: 9007199254740993 is read as 9007199254740992, as integers beyond 2^53 lose digits; write "9007199254740993"',
      ],
    ],
    [
      'infinity',
      'id: .inf',
      ['1:5 id: .inf is no number that can be kept; write ".inf" if text is meant'],
    ],
    [
      'not a number',
      'id: .NaN',
      ['1:5 id: .NaN is no number that can be kept; write ".NaN" if text is meant'],
    ],
    [
      'a number that is too large',
      'id: 1e400',
      ['1:5 id: 1e400 is no number that can be kept; write "1e400" if text is meant'],
    ],
    [
      'a trailing zero',
      'version: 1.10',
      ['1:10 version: warning: 1.10 is read as the number 1.1; write "1.10" if text is meant'],
    ],
    [
      'a leading plus',
      'phone: +4912',
      ['1:8 phone: warning: +4912 is read as the number 4912; write "+4912" if text is meant'],
    ],
    ['a duplicate key', 'a: 1\nb: 2\na: 3', ['3:1 a: Key "a" is written twice, first on line 1']],
    [
      'a duplicate in another spelling',
      'a: 1\n"a": 3',
      ['2:1 a: Key "a" is written twice, first on line 1'],
    ],
    [
      'a merge key',
      'a: &a { b: 1 }\nc: { <<: *a }',
      ['2:6 c: Merge keys are not read; write out the keys that "<<" would bring'],
    ],
    ['a missing key', ': 3', ['1:1 : A key is missing before ":"']],
    ['a key that is a list', '? [a]\n: 1', ['1:3 : A key must be text, not a map or a list']],
    [
      'an unknown tag',
      'a: !order 3',
      ['1:4 : Unknown tag !order; write the value in quotes if it is text'],
    ],
    [
      'a binary',
      'a: !!binary aGk=',
      ['1:4 : Unknown tag !!binary; write the value in quotes if it is text'],
    ],
    [
      'two documents',
      'a: 1\n---\nb: 2',
      ['2:1 : A second document begins here, expected one in a file'],
    ],
    [
      'YAML 1.1',
      '%YAML 1.1\n---\na: yes',
      ['1:1 : %YAML 1.1 reads values in another way, expected 1.2 or no %YAML line'],
    ],
    ['nothing', '', [`1:1 : ${EMPTY}`]],
    ['comments only', '# later\n', [`1:1 : ${EMPTY}`]],
    [
      'a colon in text',
      'input: Note: do it',
      [
        '1:8 : Not YAML: Nested mappings are not allowed in compact mappings; text that contains ": " must be in quotes',
      ],
    ],
    ['a tab', 'a:\n\t- b', ['2:1 : Not YAML: Tabs are not allowed as indentation; use spaces']],
    ['an open quote', 'a: "b\n', [`1:4 : ${OPEN}`]],
    [
      'a reserved character',
      'a: @b',
      [
        '1:4 : Not YAML: Plain value cannot start with reserved character @; write the text in quotes',
      ],
    ],
  ])('%s', async (_, text, wanted) => {
    expect(await faultsIn(text)).toEqual(wanted);
  });

  test('every fault of a text at once', async () => {
    const text = 'a: 01\nb: {{c}}\nc: @\nd: [1, 2\ne: *f\n';
    const places = (await faultsIn(text)).map((line) => line.split(' ', 1)[0]);
    expect(places).toContain('1:4');
    expect(places).toContain('2:4');
    expect(places).toContain('3:4');
    expect(places).toContain('5:4');
  });
});

describe('parseDocument() accepts', () => {
  test.each<[string, string, unknown]>([
    ['comments after a space', 'a: b # c\nd: # e\n  f: 1 # g', { a: 'b', d: { f: 1 } }],
    ['quoted text with #', 'a: "My order #1042"', { a: 'My order #1042' }],
    ['# inside a word', 'a: order#1042', { a: 'order#1042' }],
    ['quoted numbers', 'a: "01234"\nb: "1.10"', { a: '01234', b: '1.10' }],
    [
      'other notations of numbers',
      'a: 0o17\nb: 0x1f\nc: 1e20\nd: -0.5\ne: 0',
      { a: 15, b: 31, c: 1e20, d: -0.5, e: 0 },
    ],
    [
      'ceilings with a trailing zero',
      'limits: { cost_usd: 0.50 }\na: { $lte: 1.0 }',
      { limits: { cost_usd: 0.5 }, a: { $lte: 1 } },
    ],
    ['aliases', 'a: &a [1]\nb: *a', { a: [1], b: [1] }],
    ['an anchor that is set again', 'a: &a 1\nb: *a\nc: &a 2\nd: *a', { a: 1, b: 1, c: 2, d: 2 }],
    [
      'keys that look like numbers',
      '1.10: a\n0x1: b\ntrue: c',
      { '1.10': 'a', '0x1': 'b', true: 'c' },
    ],
    ['a quoted merge key', '"<<": 1', { '<<': 1 }],
    ['known tags', 'a: !!str 12', { a: '12' }],
    ['CRLF', 'a: 1\r\nb: two\r\n', { a: 1, b: 'two' }],
    ['JSON', '{ "a": [1, "b", null, true] }', { a: [1, 'b', null, true] }],
  ])('%s', async (_, text, value) => {
    const parsed = await parseDocument('/project/shop.suite.yaml', text);
    expect(lines(parsed.faults)).toEqual([]);
    expect(parsed.value).toEqual(value);
  });

  test('keys that objects inherit, as own keys', async () => {
    const { value } = await parseDocument('/a.yaml', '__proto__: { a: 1 }\nconstructor: 2');
    expect(Object.entries(value as object)).toEqual([
      ['__proto__', { a: 1 }],
      ['constructor', 2],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('parseDocument() gives up on', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 20; level++) {
    bomb.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  }
  const chain = ['a0: &a0 [x]'];
  for (let level = 1; level < 250; level++) chain.push(`a${level}: &a${level} [*a${level - 1}]`);

  test.each<[string, string, string]>([
    ['a million lists', '['.repeat(1e6), '1:201 : Nested deeper than 200 levels'],
    ['a million maps', '{a: '.repeat(1e6), '1:801 : Nested deeper than 200 levels'],
    [
      'a million entries of entries',
      `${'- '.repeat(1e6)}x`,
      '1:401 : Nested deeper than 200 levels',
    ],
    ['aliases of aliases', bomb.join('\n'), '5:45 a4.7: Aliases add more than 100,000 values'],
    ['a chain of aliases', chain.join('\n'), '200:14 a199.0: Nested deeper than 200 levels'],
  ])('%s', async (_, text, wanted) => {
    expect((await faultsIn(text))[0]).toBe(wanted);
  });

  test('nothing that is nested 200 levels deep', async () => {
    expect(await faultsIn('['.repeat(200) + ']'.repeat(200))).toEqual([]);
    expect(await faultsIn('['.repeat(201) + ']'.repeat(201))).toHaveLength(1);
  });
});
