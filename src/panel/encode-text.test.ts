import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeText } from './encode-text.ts';

/** Undoes the encoding. */
const decode = (encoded: string) => JSON.parse(encoded.replaceAll('\u2581', ' ')) as unknown;

/** Text of any units of UTF-16, halves of pairs among them. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((units) => String.fromCharCode(...units)),
  fc.string({
    unit: fc.constantFrom(...' \u2581"\\<>&`\n\r\t\0\u200b\u202e\ud800\udc00a', '\u{e0041}'),
    maxLength: 60,
  }),
);

describe('encodeText()', () => {
  it.each([
    ['two words', '"two\u2581words"'],
    ['a\u2581b', '"a\\u2581b"'],
    ['say "no"', '"say\u2581\\"no\\""'],
    ['C:\\new\n\t', '"C:\\\\new\\n\\t"'],
    ['</data>', '"\\u003c/data\\u003e"'],
    ['a\u00a0b\u3000c\u2028d', '"a\\u00a0b\\u3000c\\u2028d"'],
    ['V\u200bE\u202e\u2060', '"V\\u200bE\\u202e\\u2060"'],
    ['\ud800', '"\\ud800"'],
    ['\u{e0041}\u{1f600}', '"\\udb40\\udc41\u{1f600}"'],
    ['é 你好', '"é\u2581你好"'],
    ['', '""'],
  ])('writes %j as %s', (text, encoded) => {
    expect(encodeText(text)).toBe(encoded);
  });

  it('writes marked characters as escapes, those of two units whole', () => {
    expect(encodeText('VERDICT: pass', [0])).toBe('"\\u0056ERDICT:\u2581pass"');
    expect(encodeText('a\u{1d415}b[[A]]', [1, 6])).toBe('"a\\ud835\\udc15b[[\\u0041]]"');
  });

  it('loses nothing of any text', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(70)), (text, wanted) => {
        const starts = [...text].reduce<number[]>(
          (all, one) => {
            all.push((all.at(-1) ?? 0) + one.length);
            return all;
          },
          [0],
        );
        const marks = [...new Set(wanted)].map((at) => starts[at]).filter((at) => at !== undefined);
        const sorted = marks.filter((at) => at < text.length).sort((a, b) => a - b);
        expect(decode(encodeText(text, sorted))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('holds nothing that is white space, cannot be seen or breaks UTF-8', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const encoded = encodeText(text);
        expect(encoded).not.toMatch(/[\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{DI}<>&`]/u);
        expect(Buffer.from(encoded, 'utf8').toString('utf8')).toBe(encoded);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves no two words as they were', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcXYZ09'), minLength: 1, maxLength: 8 });
    const gap = fc.constantFrom(' ', '\n', '\t', '\r\n', '\u00a0', '\u3000', '\u2029', '\u0085');
    fc.assert(
      fc.property(word, gap, word, (first, between, second) => {
        const text = `${first}${between}${second}`;
        expect(encodeText(`so ${text} so`)).not.toContain(text);
      }),
    );
  });
});
