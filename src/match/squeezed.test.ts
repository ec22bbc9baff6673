import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squeezed } from './squeezed.ts';

describe('squeezed()', () => {
  it('leaves letters and digits in lower case, however long a text is and whatever else is in it', () => {
    const ascii = fc.string({ unit: 'binary-ascii', maxLength: 200 });
    fc.assert(
      fc.property(fc.oneof(ascii, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
        expect(squeezed(text)).toBe(text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''));
      }),
      { numRuns: 1000 },
    );
  });
});
