import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutMiddle } from './cut-middle.ts';

describe('cutMiddle()', () => {
  it.each([
    ['abcdef', 6, 'abcdef', 0],
    ['abcdefghi', 6, 'abcd[… 3 characters cut …]hi', 3],
    ['abcdefghi', 0, '[… 9 characters cut …]', 9],
    ['abc\u{1f600}fghi', 6, 'abc[… 4 characters cut …]hi', 4],
    ['abcdef\u{1f600}i', 6, 'abcd[… 4 characters cut …]i', 4],
    ['abcdefg\ud800\ud800', 6, 'abcd[… 3 characters cut …]\ud800\ud800', 3],
  ])('cuts %j at %i', (text, longest, left, cut) => {
    expect(cutMiddle(text, longest)).toEqual({ text: left, cut });
  });

  it('keeps both ends, breaks no pair and tells how much is gone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, longest) => {
        const { text: left, cut } = cutMiddle(text, longest);
        expect(left === text).toBe(cut === 0);
        if (cut === 0) return;
        const [head = '', tail = ''] = left.split(`[… ${cut} characters cut …]`);
        expect(head.length + tail.length + cut).toBe(text.length);
        expect(head.length + tail.length).toBeLessThanOrEqual(longest);
        expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
        expect(`${head}|${tail}`).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});
