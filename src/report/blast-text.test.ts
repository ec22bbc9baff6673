import { describe, expect, it } from 'vitest';
import type { BlastRadius } from '../model/blast-radius.ts';
import { blastText } from './blast-text.ts';

const NOTHING: BlastRadius = {
  ...{ writes: 0, irreversible: 0, reversible: 0, external: 0, blocked: 0, changed: null },
};

describe('blastText()', () => {
  it('says in one line how far a trial reached', () => {
    const changed = { count: 2, pointers: ['/a', '/b'] };
    const radius = { ...NOTHING, writes: 3, irreversible: 1, reversible: 2, external: 1, changed };
    expect(blastText(radius)).toBe(
      'changed 2 pointers, 3 writes (1 irreversible), 1 call left the house, 2 of 3 can be undone',
    );
  });

  it('leaves out what did not happen', () => {
    expect(blastText({ ...NOTHING, blocked: 2 })).toBe('2 calls blocked');
    expect(blastText({ ...NOTHING, changed: { count: 0, pointers: [] } })).toBe('');
  });
});
