import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseYaml } from '../suite/parse-yaml.ts';
import { makeSource } from '../suite/source.ts';
import { yamlValue } from '../suite/yaml-value.ts';
import { suiteYaml } from './suite-yaml.ts';

const suite = {
  suite: 'shop',
  agents: { recorded: { replay: './shop.trajectories.jsonl' } },
  tasks: [
    {
      id: '01234',
      input: `My order #W123 is late: I want "all" of my money back, and I want it before ${'very '.repeat(4)}long.`,
      expect: {
        calls: {
          unordered: [{ refund: { order_id: '#W123', items: [{ id: '1e3', insured: 'no' }] } }],
          among: { effect: 'write', status: 'ok' },
        },
        says: ['2024-05-20', '{{name}}'],
      },
    },
    { id: 'b', expect: { calls: { exact: [] } } },
  ],
};

/** The value of a text as suites are read, which must be without a fault or warning. */
function readBack(text: string): unknown {
  const { document, problems } = parseYaml(text);
  expect(problems).toEqual([]);
  if (!document) throw new Error('No document');
  const source = makeSource('shop.suite.yaml', text, () => ({ start: 0, end: 0 }));
  const { value, faults } = yamlValue(document, source);
  expect(faults.map(({ message }) => message)).toEqual([]);
  return value;
}

describe('suiteYaml()', () => {
  it('writes short maps in one line, long text folded, and quotes what would mislead', () => {
    expect(suiteYaml(suite, { schema: './suite.schema.json' })).toBe(`\
# yaml-language-server: $schema=./suite.schema.json

suite: shop

agents:
  recorded: { replay: ./shop.trajectories.jsonl }

tasks:
  - id: "01234"
    input: >-
      My order #W123 is late: I want "all" of my money back, and I want it before very very very
      very long.
    expect:
      calls:
        unordered:
          - refund:
              order_id: "#W123"
              items: [ { id: "1e3", insured: "no" } ]
        among: { effect: write, status: ok }
      says: [ "2024-05-20", "{{name}}" ]

  - id: b
    expect: { calls: { exact: [] } }
`);
  });

  it.each([
    ...['no', 'Yes', 'y', 'off', 'true', 'null', '~', '', ' ', '01234', '0x1F', '1_000', '12:30'],
    ...[
      '1.10',
      '.5',
      '.inf',
      '-',
      '--- a',
      '...',
      '<<',
      '=',
      '*all',
      '&a',
      '!tag',
      '%a',
      '@a',
      '`a',
    ],
    ...['2024-05-20', '2024-05-20T10:00:00Z', '#W123', 'a #b', 'a: b', 'a:', '? a', '- a', '{{x}}'],
    ...[
      'say {{x}}',
      '[a',
      'a, b',
      '"a"',
      "it's",
      'a\nb\n',
      '\n a\n\n',
      'a\tb',
      'tab\t#x',
      '\u0000',
    ],
    ...['\u2028', '\uFEFF', '\uD800', '\u0085', 'é', '🙂', '__proto__', '\\', 'x'.repeat(2000)],
  ])('keeps the text %j as key and value, in YAML 1.2 and 1.1', (text) => {
    const value = {
      tools: Object.fromEntries([[text, { text }]]),
      tasks: [{ id: text, says: [text, { [`${text}s`]: text }] }, text],
    };
    const written = suiteYaml(value);
    expect(JSON.stringify(readBack(written))).toBe(JSON.stringify(value));
    const old = parse(written, { version: '1.1', schema: 'yaml-1.1', merge: true });
    expect(JSON.stringify(old)).toBe(JSON.stringify(value));
  });

  it('keeps any JSON', () => {
    const word = fc.constantFrom(
      'a',
      ' ',
      '  ',
      '\n',
      'longer words',
      '#',
      ': ',
      '\t',
      '-',
      '"',
      '{{',
    );
    const prose = fc.array(word, { maxLength: 40 }).map((words) => words.join(''));
    const codeUnit = fc.nat(0xffff).map((code) => String.fromCharCode(code));
    const string = fc.oneof(prose, fc.string(), fc.string({ unit: codeUnit }));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        string,
        fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.integer(),
          fc.maxSafeNat(),
        ),
        fc.constantFrom(null, true, false, 2 ** 64, -0.1, 1e21, 5e-324),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(string, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(string, value, { maxKeys: 4 }), (data) => {
        expect(JSON.stringify(readBack(suiteYaml(data)))).toBe(JSON.stringify(data));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('refuses to write what could not be read again', () => {
    const tasks = Array.from({ length: 17 }, (_, at) => ({
      id: `${at}`,
      input: 'x'.repeat(2 ** 20),
    }));
    expect(() => suiteYaml({ suite: 'big', tasks })).toThrow(/larger than 16 MiB/);
  });
});
