import { describe, expect, it } from 'vitest';
import type { Alignment, AlignmentItem } from '../model/alignment.ts';
import { alignmentLines, alignmentOf, differenceText } from './alignment-lines.ts';
import { createInk } from './ink.ts';

const wide = await createInk({ colour: false, width: 100, ascii: false });

function alignment(items: AlignmentItem[]): Alignment {
  return { mode: 'in_order', matched: 1, missing: 1, unexpected: 1, items, omitted: 0 };
}

describe('alignmentLines()', () => {
  it('shows what matched, differs, is missing, is not allowed and stood between', () => {
    const lines = alignmentLines(
      alignment([
        { kind: 'matched', step: 3, call: 'get_order(order_id: "1042")' },
        {
          kind: 'near',
          step: 5,
          call: 'refund_order(order_id: "1042", amount: 99)',
          differences: [{ path: 'amount', kind: 'differs', was: 99, wanted: 'at most 42.5' }],
        },
        { kind: 'missing', wanted: 'cancel_order(order_id: "1042")' },
        { kind: 'unexpected', step: 7, call: 'delete_account(id: 1)' },
        { kind: 'other', step: 12, call: 'log()' },
      ]),
      wide,
      '  ',
    );
    expect(lines).toEqual([
      '  ✓ step 3   get_order(order_id: "1042")',
      '  ≠ step 5   refund_order: amount was 99, wanted at most 42.5',
      '  − missing  cancel_order(order_id: "1042")',
      '  + step 7   delete_account(id: 1) not allowed',
      '  · step 12  log()',
    ]);
  });

  it('gives several differences of a call a line each', () => {
    const differences = [
      { path: 'amount', kind: 'differs', was: 99, wanted: '42.5' },
      { path: 'note', kind: 'missing', wanted: '"late"' },
    ] as const;
    const near: AlignmentItem = {
      kind: 'near',
      step: 5,
      call: 'refund_order(…)',
      differences: [...differences],
    };
    expect(alignmentLines(alignment([near]), wide, '  ')).toEqual([
      '  ≠ step 5  refund_order',
      '              amount was 99, wanted 42.5',
      '              note is missing, wanted "late"',
    ]);
  });

  it('cuts an argument of 10⁵ characters in the middle and stays on one line', () => {
    const call = `send(text: "${'x'.repeat(100_000)}")`;
    const [line = ''] = alignmentLines(
      alignment([{ kind: 'unexpected', step: 1, call }]),
      wide,
      '',
    );
    expect(line).toMatch(/^\+ step 1 {2}send\(text: "x+…x+"\) not allowed$/);
    expect(line.length).toBeLessThanOrEqual(100);
  });

  it('keeps what went wrong of a long alignment and counts the rest', () => {
    const items: AlignmentItem[] = Array.from({ length: 50 }, (_, step) => ({
      kind: step < 30 ? 'matched' : 'other',
      step,
      call: `call_${step}()`,
    }));
    items.push({ kind: 'missing', wanted: 'cancel_order' });
    const lines = alignmentLines({ ...alignment(items), omitted: 4 }, wide, '');
    expect(lines).toHaveLength(21);
    expect(lines).toContain('− missing  cancel_order');
    expect(lines.at(-1)).toBe('… 35 more');
    expect(lines.some((line) => line.startsWith('·'))).toBe(false);
  });

  it('uses ASCII signs that differ from each other where only ASCII can be shown', async () => {
    const ascii = await createInk({ colour: false, width: 100, ascii: true });
    const kinds = ['matched', 'near', 'missing', 'unexpected', 'other'] as const;
    const lines = alignmentLines(
      alignment(kinds.map((kind) => ({ kind, step: 1, call: 'a()', wanted: 'a()' }))),
      ascii,
      '',
    );
    expect(new Set(lines.map((line) => line[0])).size).toBe(5);
    for (const line of lines) expect(line).toMatch(/^[ -~]*$/);
  });
});

describe('differenceText()', () => {
  it.each([
    [
      { path: 'a', kind: 'differs', was: 99, wanted: 'at most 42.5' },
      'a was 99, wanted at most 42.5',
    ],
    [{ path: 'a.b', kind: 'missing', wanted: '"x"' }, 'a.b is missing, wanted "x"'],
    [{ path: 'note', kind: 'unexpected', was: 'hi' }, 'note was "hi", wanted nothing there'],
    [
      { path: 'a', kind: 'unknown', was: '150', wanted: 'more than 100' },
      'a was "150", which cannot be compared, wanted more than 100',
    ],
  ] as const)('says %j in words', (difference, wanted) => {
    expect(differenceText(difference)).toBe(wanted);
  });
});

describe('alignmentOf()', () => {
  it('finds the alignment in details and nothing in other details', () => {
    const found = alignment([]);
    expect(alignmentOf({ alignment: found, more: 1 })).toEqual(found);
    expect(alignmentOf({ alignment: 'no' })).toBeNull();
    expect(alignmentOf(undefined)).toBeNull();
  });
});
