import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { roughNumber } from './rough-number.ts';

describe('roughNumber()', () => {
  it('is the same for values with the same canonical JSON', () => {
    const few = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(null, undefined, 0, -0, 1, Number.NaN, Number.POSITIVE_INFINITY, 'a', true),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('value'), { maxKeys: 2 }),
      ),
    })).value;
    fc.assert(
      fc.property(few, few, (a, b) => {
        if (canonicalJson(a) === canonicalJson(b)) expect(roughNumber(a)).toBe(roughNumber(b));
      }),
      { numRuns: 3000 },
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(roughNumber(turned)).toBe(roughNumber(value));
      }),
    );
  });

  it('tells a page from the next', () => {
    const page = (n: number) => ({ page: n, text: `what page ${n} says`, more: [n] });
    const all = Array.from({ length: 1000 }, (_, n) => roughNumber(page(n)));
    expect(new Set(all).size).toBeGreaterThan(990);
  });

  it('looks into values nested beyond the stack', () => {
    let deep: unknown = 1;
    for (let at = 0; at < 100_000; at++) deep = [deep];
    expect(roughNumber(deep)).toBeTypeOf('number');
  });
});
