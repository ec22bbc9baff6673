import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callKey, cameKey } from '../../match/call-key.ts';
import { call, trajectoryOf } from '../../match/trajectory.test-support.ts';
import { viewOf } from '../../match/view.ts';
import { callNumbers } from './call-numbers.ts';

const value = fc.oneof(
  fc.constantFrom(null, 0, 0.0001, 0.0002, 'a', '['),
  fc.jsonValue({ maxDepth: 1 }),
);
const made = fc
  .tuple(fc.constantFrom('x', 'y'), fc.dictionary(fc.constantFrom('a', 'b'), value), value)
  .map(([tool, args, result]) => call(tool, args, { result }));

describe('callNumbers()', () => {
  it('gives two calls one number when they are written out the same, and only then', () => {
    const property = fc.property(fc.array(made, { minLength: 2, maxLength: 12 }), (parts) => {
      const { calls } = viewOf(trajectoryOf(parts));
      const numbered = callNumbers();
      const numbers = calls.map(numbered);
      const dids = calls.map(callKey);
      const cames = calls.map((one) => `${one.tool}\n${cameKey(one)}`);
      for (let a = 0; a < calls.length; a++) {
        for (let b = 0; b < a; b++) {
          expect(numbers[a]?.did === numbers[b]?.did).toBe(dids[a] === dids[b]);
          expect(numbers[a]?.came === numbers[b]?.came).toBe(cames[a] === cames[b]);
        }
      }
    });
    fc.assert(property, { seed: 1, numRuns: 500 });
  });
});
