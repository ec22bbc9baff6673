import { describe, expect, it } from 'vitest';
import { parseFailOn } from './fail-on.ts';

describe('parseFailOn()', () => {
  it('reads commas and repeats, each rule once', () => {
    const found = parseFailOn(['regression, flaky', 'flaky', 'any-fail']);
    expect(found.map(({ text }) => text)).toEqual(['regression', 'flaky', 'any-fail']);
    expect(parseFailOn([])).toEqual([]);
  });

  it('reads limits of figures as shares and as amounts', () => {
    expect(parseFailOn(['cost:+10%,latency:+.5', 'pass_rate:-0.02'])).toMatchObject([
      { rule: 'figure', key: 'cost_usd', most: 0.1, isShare: true },
      { rule: 'figure', key: 'seconds', most: 0.5, isShare: false },
      { rule: 'figure', key: 'pass_rate', most: 0.02, isShare: false },
    ]);
    expect(parseFailOn(['pass_rate:+0', 'steps:-0%'])).toMatchObject([{ most: 0 }, { most: 0 }]);
  });

  it('puts regression beside inconclusive where that stands alone', () => {
    const rules = (value: string) => parseFailOn([value]).map(({ rule }) => rule);
    expect(rules('inconclusive')).toEqual(['regression', 'inconclusive']);
    expect(rules('any-fail,inconclusive')).toEqual(['any-fail', 'inconclusive']);
  });

  it.each([
    ['regresion', /did you mean "regression"/],
    ['costs:+10%', /did you mean "cost"/],
    ['', /there is no such rule/],
    ['regression,', /there is no such rule/],
    ['constructor:+1', /there is no such rule/],
    ['__proto__', /there is no such rule/],
    ['cost', /expected a limit, such as cost:\+10%/],
    ['cost:10%', /expected a limit/],
    ['cost:+10 %', /expected a limit/],
    ['cost:+1e3', /expected a limit/],
    ['cost:+-1', /expected a limit/],
    ['cost:+10%:+5%', /expected a limit/],
    ['cost:-10%', /cost is better lower, expected a limit such as cost:\+10%/],
    ['score:+1', /score is better higher, expected a limit such as score:-10%/],
    ['flaky:+1', /flaky takes no limit/],
  ])('refuses %j', (value, words) => {
    expect(() => parseFailOn([value])).toThrow(words);
    expect(() => parseFailOn([value])).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
