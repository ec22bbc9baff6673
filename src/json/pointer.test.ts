import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOfSegment, pointerOf, segmentsOf } from './pointer.ts';

describe('pointerOf()', () => {
  it('leads back to its keys, whatever they are', () => {
    const keys = fc.array(fc.oneof(fc.string(), fc.constantFrom('~', '/', '~1', '~0', '')));
    const holds = fc.property(keys, (wanted) => {
      expect(segmentsOf(pointerOf(wanted)).map(keyOfSegment)).toEqual(wanted);
    });
    void fc.assert(holds); // it holds or throws at once
  });

  it('is written as the standard has it', () => {
    expect(pointerOf(['a/b', 'm~n', 0])).toBe('/a~1b/m~0n/0');
    expect(pointerOf([])).toBe('');
  });
});
