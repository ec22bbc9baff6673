import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../judges/verdict.test-support.ts';
import { call, type MadeCall, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { Step } from '../model/trajectory.ts';
import { watchCeilings } from './ceilings.ts';

const part = fc.oneof(
  fc.constantFrom<MadeCall | Step>(
    call('a', { x: 1, y: [2] }),
    call('a', { y: [2], x: 1 }),
    call('a', { x: 2 }),
    call('b', {}, { actor: 'user' }),
    says('Hello'),
    { type: 'message', role: 'user', content: 'Go' },
    { type: 'x-span' },
    { type: 'model', usage: { input_tokens: 1, output_tokens: 1 }, cost_usd: 0.1 },
    { type: 'model', usage: { input_tokens: 2, output_tokens: 0 }, cost_usd: 0.2 },
  ),
);

describe('watchCeilings()', () => {
  it('stops a live trial where the same ceiling fails its recording, and nowhere else', async () => {
    const keys = ['turns', 'tool_calls', 'tokens', 'cost_usd', 'seconds', 'repeats'] as const;
    const ceiling = fc.tuple(fc.constantFrom(...keys), fc.constantFrom(0, 0.3, 1, 2, 3));
    const property = fc.asyncProperty(
      fc.array(part, { maxLength: 8 }),
      ceiling,
      async (parts, [key, most]) => {
        const { steps } = trajectoryOf(parts);
        const timed = steps.map((step, at): Step => ({ ...step, at_ms: at * 300 }));
        const watch = watchCeilings({ [key]: most });
        const stopped = timed.findIndex((step) => watch.add(step) !== null);
        const statusAt = async (count: number) => {
          const record = { ...trajectoryOf([]), steps: timed.slice(0, count) };
          return (await verdictOf(record, 'limits', { [key]: most })).status;
        };
        if (stopped === -1) expect(await statusAt(timed.length)).not.toBe('fail');
        else {
          expect(await statusAt(stopped)).not.toBe('fail');
          expect(await statusAt(stopped + 1)).toBe('fail');
        }
      },
    );
    await fc.assert(property, { seed: 1, numRuns: 500 });
  }, 30_000);

  it('tells which ceilings are nearly used up', () => {
    const watch = watchCeilings({ tool_calls: 5, turns: 10, repeats: 2 });
    for (const x of [1, 2, 3, 4]) watch.add({ type: 'tool_call', tool: 'a', args: { x } });
    expect(watch.near(0.8)).toEqual([{ ceiling: 'tool_calls', used: 4, most: 5 }]);
  });
});
