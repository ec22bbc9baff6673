import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutMiddle, displayWidth } from './display-width.ts';
import { terminalLine } from './terminal-text.ts';
import { wrap, wrapBehind } from './wrap.ts';

const text = fc
  .string({
    unit: fc.oneof(fc.constantFrom(' ', '::', '漢', '😀', 'é'), fc.string({ maxLength: 9 })),
  })
  .map((raw) => terminalLine(raw));

describe('displayWidth()', () => {
  it.each([
    ['plain', 5],
    ['漢字', 4],
    ['😀', 2],
    ['e\u0301', 1],
    ['한글', 4],
  ])('of %j is %i', (value, width) => {
    expect(displayWidth(value)).toBe(width);
  });
});

describe('cutMiddle()', () => {
  it('keeps both ends', () => {
    expect(cutMiddle('refund_order(order_id: "1042")', 16, '…')).toBe('refund_or…1042")');
  });

  it('never fills more than the width', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (value, width) => {
        expect(displayWidth(cutMiddle(value, width, '…'))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('ends heaps of combining marks', () => {
    expect(cutMiddle(`x${'\u0301'.repeat(100_000)}`, 10, '…').length).toBeLessThan(1000);
  });
});

describe('wrap()', () => {
  it('breaks at spaces, and a long word anywhere', () => {
    expect(wrap('one two three fourteenletters', 8)).toEqual([
      'one two',
      'three',
      'fourteen',
      'letters',
    ]);
  });

  it('takes the meaning from a CI command that comes to stand at the start of a line', () => {
    expect(wrap('the reason ::error::x', 14)).toEqual(['the reason', '\\x3a:error::x']);
    expect(wrap('the reason ::error::x', 10)).toEqual(['the reason', '\\x3a:error', '\\x3a:x']);
    expect(wrap('the reason::::x', 10)).toEqual(['the', 'reason::::', 'x']);
    expect(wrap('reasonings::::x', 10)).toEqual(['reasonings', '\\x3a:::x']);
  });

  it('fits each line into the width and loses nothing but spaces', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 40 }), (value, width) => {
        const lines = wrap(value, width);
        const bare = (part: string) => part.replaceAll(' ', '').replaceAll('\\x3a', ':');
        expect(bare(lines.join(''))).toBe(bare(value));
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('wrapBehind()', () => {
  it('hangs later lines under the first', () => {
    expect(wrapBehind('  - ', 'one two three four five six', 30)).toEqual([
      '  - one two three four five',
      '    six',
    ]);
  });

  it('goes beneath the prefix where the terminal is narrow', () => {
    const lines = wrapBehind('        + step 7   ', 'delete_account was called', 20);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(20);
    expect(lines[0]?.trimEnd()).toBe('        + step 7');
  });
});
