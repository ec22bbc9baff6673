import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonCalls } from './python-calls.ts';

function argsOf(text: string): unknown {
  return pythonCalls(text)?.map(({ name, named, positional }) => [name, named, positional]) ?? null;
}

/** The value of the only argument of a call. */
function valueIn(text: string): unknown {
  return pythonCalls(`[f(a=${text})]`)?.[0]?.named['a'];
}

describe('pythonCalls()', () => {
  it('reads calls with and without brackets, fences and trailing commas', () => {
    const wanted = [
      ['f', { a: 1 }, []],
      ['g.h', { b: 'x' }, []],
    ];
    expect(argsOf('[f(a=1), g.h(b="x")]')).toEqual(wanted);
    expect(argsOf("f(a=1), g.h(b='x',),")).toEqual(wanted);
    expect(argsOf('```\n[\n    f(a=1), # first\n    g.h(b="x")\n]\n```')).toEqual(wanted);
  });

  it('keeps arguments by position apart, and the text of the call', () => {
    expect(pythonCalls("sort('a.txt', x, limit=3)")).toEqual([
      {
        ...{ name: 'sort', named: { limit: 3 }, positional: ['a.txt', 'x'] },
        text: "sort('a.txt', x, limit=3)",
      },
    ]);
  });

  it.each([
    ['-5', -5],
    ['1_000.5e1', 10005],
    ['.5', 0.5],
    ['0xff', 255],
    ['2 * 3 + 4', 10],
    ['-2 ** 2', -4],
    ['10 // 4 - 1', 1],
    ['True', true],
    ['None', null],
    ['true', 'true'],
    ['x', 'x'],
    ['(1, "b")', [1, 'b']],
    ['(1)', 1],
    ['()', []],
    ['(1,)', [1]],
    ['[[1, 2], [],]', [[1, 2], []]],
    ['{"a": {"b": [None]}, "__proto__": 1}', JSON.parse('{"a":{"b":[null]},"__proto__":1}')],
    ['"a\\"b\\n\\x41\\u00e9\\U0001F600\\101\\q"', 'a"b\nAé😀A\\q'],
    ["r'a\\n'", 'a\\n'],
    ['\'a\' "b"', 'ab'],
    ['"""a\n"b" """', 'a\n"b" '],
    ['g(x)', 'g(x)'],
    ['g(x=1)', { g: { x: 1 } }],
    ['a.b(x=1)', { 'a.b': { x: 1 } }],
  ])('reads the value %s', (text, value) => {
    expect(valueIn(text)).toEqual(value);
  });

  it.each([
    ...['', 'Which song?', '[]', 'f', 'f(', 'f(a=)', 'f(a=1', 'f(a=1) and more', 'f(a=1, a=2)'],
    ...['f(a="x)', 'f(a=1e999)', 'f(a=012)', 'f(a=1/0)', 'f(a="x" + "y")', 'f(a={1: 2})'],
    ...['f(a={1, 2})', 'f(a=b.c)', 'f(a="\\N{DASH}")', 'f(a="\\U99999999")', "[{'f': {'a': 1}}]"],
    ...['f(a=1; b=2)', '1(a=1)', 'f(a=lambda x: x)', 'f(**x)', 'f(a=f"x")', '```python\n[f()]```'],
    `f(a=${'['.repeat(5000)})`,
  ])('takes %s for no calls', (text) => {
    expect(pythonCalls(text)).toBe(null);
  });

  it('answers with calls or null whatever the text', () => {
    const sign = fc.constantFrom(
      ...'f g a 1 0x .5 ( ) [ ] { } , = : " \' \\ - ** / # \n True é'.split(' '),
    );
    const text = fc.oneof(
      fc.array(sign).map((signs) => signs.join('')),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(text, (any) => {
        const calls = pythonCalls(any);
        if (calls === null) return;
        expect(calls.length).toBeGreaterThan(0);
        expect(JSON.parse(JSON.stringify(calls))).toEqual(calls);
      }),
      { numRuns: 500 },
    );
  });
});
