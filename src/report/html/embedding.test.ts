import { describe, expect, it } from 'vitest';
import type { TrialResult } from '../../model/trial-result.ts';
import { measureTrials } from './embedding.ts';
import { pageRun } from './sample-page.test-support.ts';

async function sized(bytes: readonly number[]): Promise<TrialResult[]> {
  const trials: TrialResult[] = [];
  for await (const result of pageRun().trials()) {
    const size = bytes[trials.length];
    if (size !== undefined) trials.push({ ...result, trajectory: { offset: 0, bytes: size } });
  }
  return trials;
}

describe('measureTrials', () => {
  const isNotable = ({ status }: TrialResult) => status !== 'pass';

  function choose(trials: readonly TrialResult[], budget: number) {
    const measured = measureTrials(budget, isNotable);
    for (const trial of trials) measured.add(trial);
    const embedding = measured.embedding();
    return { ...embedding, chosen: trials.map((trial) => embedding.has(trial)) };
  }

  it('takes all where they fit', async () => {
    const { chosen, left_out } = choose(await sized([1000, 1000, 1000]), 10_000);
    expect(chosen).toEqual([true, true, true]);
    expect(left_out).toBeNull();
  });

  it('takes only those that went wrong where all do not fit, and says how many it leaves out', async () => {
    const trials = await sized([9000, 9000, 9000, 9000, 9000, 9000, 9000, 9000]);
    const { chosen, left_out, bytes } = choose(trials, 40_000);
    expect(chosen).toEqual(trials.map(isNotable));
    expect(left_out).toEqual({ embedded: 3, left: 5, budget: 40_000 });
    expect(bytes).toBeLessThan(40_000);
  });

  it('passes over one that is too large for what is left, and takes later ones', async () => {
    const trials = (await sized([0, 0, 90_000, 0, 0, 5000, 0, 5000])).filter(isNotable);
    const { chosen, left_out } = choose(trials, 15_000);
    expect(chosen).toEqual([false, true, true]);
    expect(left_out).toEqual({ embedded: 2, left: 1, budget: 15_000 });
  });
});
