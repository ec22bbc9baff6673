import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PIECE, piecesOf } from './pieces.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', 'é'), maxLength: 40 });
const wanted = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', '1', 'é'),
  minLength: 8,
  maxLength: 14,
});

describe('piecesOf()', () => {
  it('finds every piece that stands in a reading, forwards and backwards, and no other', () => {
    const mixed = fc.tuple(wanted, letters, letters).map(([text, before, after]) => ({
      text,
      read: `${before}${text.slice(1, 8)}${after}`,
    }));
    const property = fc.property(mixed, ({ text, read }) => {
      const pieces = piecesOf(text);
      const found: number[] = [];
      for (let one = pieces.next(read, 0); one; one = pieces.next(read, one.at + 1)) {
        found.push(one.at);
      }
      const all = Array.from({ length: Math.max(0, read.length - PIECE + 1) }, (_, at) => at);
      const holds = (at: number) => {
        const piece = read.slice(at, at + PIECE);
        return pieces.forwards.includes(piece) || pieces.backwards.includes(piece);
      };
      expect(found).toEqual(all.filter(holds));
    });
    fc.assert(property, { seed: 1, numRuns: 1000 });
  });

  it('refuses a text shorter than a piece', () => {
    expect(() => piecesOf('abc')).toThrow(RangeError);
  });
});
