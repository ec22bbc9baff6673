import { describe, expect, it } from 'vitest';
import { shortened } from './long-text.tsx';
import { jsonText, shown } from './shown.ts';

describe('shown()', () => {
  it.each([
    ['plain text\n\twith lines', 'plain text\n\twith lines'],
    ['Grüße 😀 ❤️ 東京', 'Grüße 😀 ❤️ 東京'],
    ['\u202egpj.exe', '\\u{202e}gpj.exe'],
    ['a\u200bb\u0000\u001b[2J', 'a\\u{200b}b\\u{0}\\u{1b}[2J'],
    ['\u{e0041}', '\\u{e0041}'],
    ['a\rb', 'a\\u{d}b'],
  ])('writes %j as %j', (text, wanted) => {
    expect(shown(text)).toBe(wanted);
  });
});

describe('jsonText()', () => {
  it.each([
    [{ a: 1, b: ['x\ny'] }, '{ "a": 1, "b": [ "x\\ny" ] }'],
    [undefined, ''],
    ['x', '"x"'],
  ])('writes %j on one line', (value, wanted) => {
    expect(jsonText(value)).toBe(wanted);
  });

  it('sets out what is long, and bears what is too deep', () => {
    expect(jsonText({ text: 'x'.repeat(200) })).toContain('{\n  "text"');
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(jsonText(deep)).toBe('(nested too deeply to be shown)');
  });
});

describe('shortened()', () => {
  it.each([
    ['short', 5],
    ['x'.repeat(1300), 1300],
    ['x'.repeat(5000), 1200],
    ['line\n'.repeat(400), 79],
  ])('cuts %j to %i characters', (text, length) => {
    expect(shortened(text)).toHaveLength(length);
  });
});
