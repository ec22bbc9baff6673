import { describe, expect, it } from 'vitest';
import { rateInterval } from './rate-interval.ts';

const of = (happened: number, trials: number) => ({ happened, trials });
const many = (count: number, happened: number, trials: number) =>
  Array.from({ length: count }, () => of(happened, trials));

describe('rateInterval()', () => {
  const cases: [string, ReturnType<typeof many>, number, number, string][] = [
    // Wilson 1927, 3 of 10
    ['single trials', [...many(3, 1, 1), ...many(7, 0, 1)], 0.1078, 0.6032, 'wilson'],
    ['trials of one task', [of(3, 10)], 0.1078, 0.6032, 'wilson'],
    // 1 − 0.05^(1/10)
    ['nothing in ten tasks', many(10, 0, 1), 0, 0.2589, 'all_alike'],
    ['everything in ten tasks', many(10, 1, 1), 0.7411, 1, 'all_alike'],
    ['nothing in ten trials of one task', [of(0, 10)], 0, 0.2589, 'all_alike'],
    ['nothing in three tasks of ten trials', many(3, 0, 10), 0, 0.6316, 'all_alike'],
    // means 1, 1, 1, 1, 1, 1, 0, 0: 0.75 ± 2.3646 · √(0.2143/8), cut at 1
    ['tasks apart', [...many(6, 4, 4), ...many(2, 0, 4)], 0.363, 1, 'clustered_t'],
    // t alone says 0.4813 to 0.7687: less than 24 independent trials could tell
    ['tasks alike', [...many(3, 3, 4), ...many(3, 2, 4)], 0.4271, 0.7884, 'clustered_t'],
    ['tasks that are the same', many(6, 2, 4), 0.3143, 0.6857, 'clustered_t'],
    ['tasks without a trial left out', [...many(5, 0, 0), of(3, 10)], 0.1078, 0.6032, 'wilson'],
  ];
  it.each(cases)('of %s', (_, counts, lower, upper, method) => {
    const found = rateInterval(counts);
    expect(found?.lower).toBeCloseTo(lower, 3);
    expect(found?.upper).toBeCloseTo(upper, 3);
    expect(found?.method).toBe(method);
  });

  it('is null without a trial', () => {
    expect(rateInterval([])).toBeNull();
    expect(rateInterval([of(0, 0)])).toBeNull();
  });

  it('holds the pooled rate where tasks have unequally many trials', () => {
    const found = rateInterval([of(9, 10), of(0, 1), of(1, 1), of(1, 2)]);
    expect(found?.lower).toBeLessThan(11 / 14);
    expect(found?.upper).toBeGreaterThan(11 / 14);
  });
});
