import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafTexts, textsIn } from './leaf-texts.ts';

describe('textsIn()', () => {
  it('gives the texts that leafTexts() does, in their order', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(textsIn(value)).toEqual(leafTexts(value).map(({ text }) => text));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
