import { describe, expect, it } from 'vitest';
import type { GateStatus } from '../model/status.ts';
import { seededRandom } from '../stats/seeded-random.ts';
import { REGRESSION } from './fail-on.ts';
import { holdComparison } from './hold-comparison.ts';
import { drawRates, drawTrials, simulatedSummary } from './simulated-comparison.test-support.ts';

const ALPHA = 0.05;
const PAIRS = 2000;
const MOST_FALSE = ALPHA + 3 * Math.sqrt((ALPHA * (1 - ALPHA)) / PAIRS);

/** Share of pairs of runs of two suites, of 15 tasks each, whose gate says each status. */
function simulate(trials: number, pairs: number, loss: number): Record<GateStatus, number> {
  const random = seededRandom(7 * trials + 1);
  const said = { pass: 0, fail: 0, inconclusive: 0, error: 0 };
  for (let pair = 0; pair < pairs; pair++) {
    const groups = ['shop', 'travel'].map((suite) => {
      const rates = drawRates(15, random);
      const worse = rates.map((rate) => Math.max(0, rate - loss));
      const base = drawTrials(rates, trials, random);
      return { suite, base, head: drawTrials(worse, trials, random) };
    });
    const summary = simulatedSummary(groups, ALPHA);
    said[holdComparison(summary, [REGRESSION], { margin: 0.03, alpha: ALPHA }).status] += 1 / pairs;
  }
  return said;
}

describe('holdComparison() of pairs at random', () => {
  it.each([1, 5])(
    'fails at most as often as alpha says where nothing changed, with %i trials of a task',
    { timeout: 60_000 },
    (trials) => {
      expect(simulate(trials, PAIRS, 0).fail).toBeLessThanOrEqual(MOST_FALSE);
    },
  );

  it('fails where much was lost', () => {
    expect(simulate(5, 100, 0.5).fail).toBeGreaterThan(0.95);
  });
});
