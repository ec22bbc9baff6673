import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTrajectory } from '../agentops.ts';
import { attacked, itemOf } from './agentdojo.test-support.ts';

const values = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'c1', 4, true, [], {}, [null], { type: 'text' }),
  fc.jsonValue(),
);

/** Changes one place of a copy of a record. */
const mutation = fc.tuple(
  fc.constantFrom('replace', 'remove', 'double', 'swap'),
  fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }),
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

describe('agentDojo.read()', () => {
  it('makes of any record a trajectory that can be read, or a fault in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 5 }), async (mutations) => {
        const item = await itemOf(mutations.reduce<unknown>(mutated, attacked));
        if ('fault' in item) expect(item.fault).toMatch(/\w+ \w+/);
        else expect(readTrajectory(item.trajectory)).not.toHaveProperty('fault');
      }),
      { numRuns: 500 },
    );
  });
});
