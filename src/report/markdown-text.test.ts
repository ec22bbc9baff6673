import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownBlock, markdownText } from './markdown-text.ts';

describe('markdownBlock()', () => {
  it('is closed by its own fence alone, whatever is inside', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('`', 'a', '\n', '~', ' ') })),
        (lines) => {
          const [fence = '', ...rest] = markdownBlock(lines).split('\n');
          const ticks = fence.replace('text', '');
          expect(rest.slice(0, -2).some((line) => line.includes(ticks))).toBe(false);
          expect(rest.slice(-2)).toEqual([ticks, '']);
        },
      ),
    );
  });
});

it('markdownBlock() opens no comment of HTML', () => {
  expect(markdownBlock(['a <!-- agentops --> b'])).toBe(
    '```text\na \\x3c!-- agentops --> b\n```\n',
  );
});

describe('markdownText()', () => {
  it.each([
    ['', '(empty)'],
    ['a|b', 'a&#124;b'],
    ['a\nb', 'a&#92;nb'],
    ['@team', '&#64;&#8203;team'],
    ['GH#1', 'GH&#35;&#8203;1'],
    ['https://e.example', 'https&#58;&#8203;//e.example'],
    ['WWW.e.example', 'WWW&#46;&#8203;e.example'],
    ['a_b: c', 'a&#95;b: c'],
    ['&lt;', '&#38;&#8203;lt;'],
    ['GH-12 gh-3', 'GH-&#8203;12 gh-&#8203;3'],
    ['at 0123456789abcdef', 'at 012345&#8203;6789ab&#8203;cdef'],
    ['012345', '012345'],
    ['20261122-171100', '20261122-171100'],
    ['at 09:30', 'at 09&#58;30'],
    [':100:', '&#58;&#8203;100:'],
    ['x'.repeat(7), 'xxxxxxx'],
    ['- a', '&#45; a'],
    ['1. a', '1&#46;&#8203; a'],
    [':shipit:', '&#58;&#8203;shipit:'],
    ['!12 %3 ~bug', '&#33;&#8203;12 &#37;&#8203;3 &#126;&#8203;bug'],
  ])('writes %j as text', (text, written) => {
    expect(markdownText(text)).toBe(written);
  });

  it('cuts what is long', () => {
    expect(markdownText('x'.repeat(1e6), 20)).toHaveLength(20);
  });
});
