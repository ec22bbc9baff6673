import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasToken, leavesOf, numbersIn } from './occurs.ts';
import { originsOf } from './origins.ts';
import { NO, type Tri, UNKNOWN, YES } from './tri.ts';

const scraps = ['a', 'b', 'ab', ' ', '-', '1', '12', ',000', '.5', 'é', '𝐀', '\ud835', '\udc00'];
const text = fc
  .array(fc.constantFrom(...scraps, '[redacted:k]'), { maxLength: 5 })
  .map((parts) => parts.join(''));
const leaf = fc.oneof(text, fc.constantFrom(0, -0, 1, 12, 1000, -1, 0.5));
const sources = fc.array(
  fc.record({ tool: fc.constantFrom('x', 'y'), leaves: fc.array(leaf, { maxLength: 3 }) }),
  { maxLength: 5 },
);

/** Looks through every text and number of every earlier source. */
function searched(
  all: readonly { tool: string; leaves: readonly unknown[] }[],
  wanted: string | number,
  before: number,
  tools: readonly string[] | null,
): Tri {
  const leaves = all
    .filter(({ tool }, step) => step < before && (tools === null || tools.includes(tool)))
    .flatMap((source) => source.leaves);
  const found = leaves.some((one) => {
    if (typeof one === 'number') return String(one) === String(wanted);
    if (typeof wanted === 'number') return numbersIn(String(one)).includes(wanted);
    return one === wanted || hasToken(String(one), wanted);
  });
  if (found) return YES;
  const doubtful = [wanted, ...leaves].some((one) => String(one).includes('[redacted:'));
  return typeof wanted === 'string' && doubtful ? UNKNOWN : NO;
}

describe('originsOf()', () => {
  it('finds by look-up what a search through everything earlier finds', () => {
    const before = fc.nat(6);
    const tools = fc.constantFrom(null, ['x'], ['x', 'y']);
    const queries = fc.array(fc.tuple(leaf, before, tools), { minLength: 20, maxLength: 40 });
    const property = fc.property(sources, queries, (all, asked) => {
      const origins = originsOf(
        all.map(({ tool, leaves }, step) => ({ tool, step, leaves: leavesOf(leaves) })),
      );
      for (const [wanted, step, names] of asked) {
        const { text: ofText, number } = origins(step, names);
        const found = typeof wanted === 'string' ? ofText(wanted) : number(wanted);
        expect(found).toBe(searched(all, wanted, step, names));
      }
    });
    void fc.assert(property, { seed: 1, numRuns: 2000 });
  });
});
