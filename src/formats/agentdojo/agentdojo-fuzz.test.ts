import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrajectory } from '../agentops.ts';
import { brokenCopies } from '../broken-copies.test-support.ts';
import { attacked, itemOf } from './agentdojo.test-support.ts';

describe('agentDojo.read()', () => {
  it('makes of any record a trajectory that can be read, or a fault in words', async () => {
    await fc.assert(
      fc.asyncProperty(brokenCopies(attacked), async (broken) => {
        const item = await itemOf(broken);
        if ('fault' in item) expect(item.fault).toMatch(/\w+ \w+/);
        else expect(readTrajectory(item.trajectory)).not.toHaveProperty('fault');
      }),
      { numRuns: 500 },
    );
  });
});
