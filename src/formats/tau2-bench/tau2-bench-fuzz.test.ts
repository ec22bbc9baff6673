import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrajectory } from '../agentops.ts';
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

const values = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'c0', 4, -1, 1.5, true, [], {}, [null], { id: 1 }),
  fc.jsonValue(),
);

/** Changes one place of a copy of a record. */
const mutation = fc.tuple(
  fc.constantFrom('replace', 'remove', 'double', 'swap'),
  fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }),
  values,
);

function mutated(record: unknown, [kind, route, value]: [string, number[], unknown]): unknown {
  const copy = structuredClone(record);
  let parent = copy as Record<string, unknown>; // an object or a list: both have keys
  for (const [depth, turn] of route.entries()) {
    const keys = Object.keys(parent);
    const key = keys[turn % keys.length];
    if (key === undefined) return copy;
    const inner = parent[key];
    if (depth === route.length - 1 || typeof inner !== 'object' || inner === null) {
      change(parent, key, kind, value);
      return copy;
    }
    parent = inner as Record<string, unknown>; // as above
  }
  return copy;
}

function change(parent: Record<string, unknown>, key: string, kind: string, value: unknown): void {
  if (!Array.isArray(parent)) {
    if (kind === 'remove') delete parent[key];
    else parent[key] = value;
    return;
  }
  const at = Number(key);
  if (kind === 'replace') parent[at] = value;
  else if (kind === 'remove') parent.splice(at);
  else if (kind === 'double') parent.splice(at, 0, structuredClone(parent[at]));
  else parent.push(...parent.splice(at, 1));
}

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
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 5 }), async (mutations) => {
        const items = await itemsOf(mutations.reduce<unknown>(mutated, results));
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
