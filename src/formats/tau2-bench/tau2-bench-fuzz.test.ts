import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrajectory } from '../agentops.ts';
import { brokenCopies } from '../broken-copies.test-support.ts';
import type { FormatItem, SourceRecord } from '../format.ts';
import { message, resultsOf, simulation, task } from './tau2-bench.test-support.ts';
import { tau2Bench } from './tau2-bench.ts';

const checks = [{ action: { name: 'pay', arguments: { id: 'L1' }, compare_args: ['id'] } }];
const more = {
  start_time: '2025-01-01T00:00:00',
  reward_info: { reward: 1, action_checks: checks, reward_basis: ['DB'] },
};
const spoken = {
  ...simulation('1', [['pay', { id: 'L1' }]], more),
  messages: [
    message('assistant', 'Hi', { usage: { prompt_tokens: 4, completion_tokens: 2 }, cost: 0.1 }),
    message('user', null, { tool_calls: [{ id: 'u1', name: 'look', arguments: {} }] }),
    { role: 'tool', tool_messages: [{ role: 'tool', id: 'u1', content: 'no', error: true }] },
  ],
};
const results = resultsOf([task('1', { actions: [] })], [simulation('1', [['pay', {}]]), spoken]);

async function itemsOf(value: unknown): Promise<FormatItem[]> {
  async function* records(): AsyncGenerator<SourceRecord> {
    yield { line: 1, index: 0, array: null, value };
  }
  const items: FormatItem[] = [];
  const read = tau2Bench.read(records(), { file: 'a.json', agent: 'recorded' });
  for await (const item of read) items.push(item);
  return items;
}

describe('tau2Bench.read()', () => {
  it('makes of any results trajectories that can be read, or faults in words', async () => {
    await fc.assert(
      fc.asyncProperty(brokenCopies(results), async (broken) => {
        const items = await itemsOf(broken);
        expect(items).not.toEqual([]);
        for (const item of items) {
          if ('fault' in item) expect(item.fault).toMatch(/\w+ \w+/);
          else expect(readTrajectory(item.trajectory)).not.toHaveProperty('fault');
        }
      }),
      { numRuns: 500 },
    );
  });
});
