import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardLine, terminalLine, terminalLines } from './terminal-text.ts';

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '::',
      '##vso[',
      '##teamcity[',
      '##[',
      ' ',
      '\n',
      '\r',
      '\t',
      '\u00a0',
      '\u3000',
    ),
    fc.constantFrom(
      '\u001b[2J',
      '\u009b',
      '\u202e',
      '\u200b',
      '\ud800',
      '\udc00',
      '\u2028',
      '\ufeff',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
});
const UNSAFE = /(?!\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('terminalLine()', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['a\rb\bc\u007fd\u0000', 'a\\x0db\\x08c\\x7fd\\x00'],
    ['\u009b2J\u0085', '\\x9b2J\\x85'],
    ['\u202etxt.exe\u2066', '\\u{202e}txt.exe\\u{2066}'],
    ['zero\u200bwidth\ufeff\u2060', 'zero\\u{200b}width\\u{feff}\\u{2060}'],
    ['\ud83d alone \udc00', '\\u{d83d} alone \\u{dc00}'],
    ['hidden\u{e0041}', 'hidden\\u{e0041}'],
    ['line\u2028separator', 'line\\u{2028}separator'],
    ['two\nlines\tand a tab', 'two\\nlines\\tand a tab'],
  ])('shows %j as %j', (text, wanted) => {
    expect(terminalLine(text)).toBe(wanted);
  });

  it('leaves what people write alone', () => {
    const text = 'Zürich 漢字 😀 ❤️ — “quoted” C:\\temp a::b #1 ## two';
    expect(terminalLine(text)).toBe(text);
  });

  it.each([
    ['::error::pwned', '\\x3a:error::pwned'],
    ['  \u3000::set-output name=x::y', '  \u3000\\x3a:set-output name=x::y'],
    ['see ##vso[task.setvariable]x', 'see #\\x23vso[task.setvariable]x'],
    ["##TeamCity[testFailed name='x']", "#\\x23TeamCity[testFailed name='x']"],
    ['##[error]x', '#\\x23[error]x'],
  ])('takes the meaning from the CI command in %j', (text, wanted) => {
    expect(terminalLine(text)).toBe(wanted);
  });

  it('shows everything beyond ASCII as codes when only ASCII can be shown', () => {
    expect(terminalLine('né…😀', true)).toBe('n\\xe9...\\u{1f600}');
  });
});

describe('terminalLines()', () => {
  it('keeps line feeds as lines and makes each safe', () => {
    expect(terminalLines('a\r\n\tb\n ::error::c\rd')).toEqual([
      'a',
      '  b',
      ' \\x3a:error::c\\x0dd',
    ]);
  });

  it('never lets a control character or a CI command through, whatever the text', () => {
    fc.assert(
      fc.property(hostile, fc.boolean(), (text, ascii) => {
        for (const line of [terminalLine(text, ascii), ...terminalLines(text, ascii)]) {
          expect(line).not.toMatch(UNSAFE);
          expect(line.trimStart().startsWith('::')).toBe(false);
          expect(line).not.toMatch(/##(\[|vso\[|teamcity\[)/i);
          if (ascii) expect(line).toMatch(/^[ -~]*$/);
        }
      }),
    );
  });
});

describe('guardLine()', () => {
  it('leaves lines alone that no CI system obeys', () => {
    expect(guardLine('trial: ::error::x')).toBe('trial: ::error::x');
  });
});
