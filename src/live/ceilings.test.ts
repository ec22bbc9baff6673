import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../judges/verdict.test-support.ts';
import { call, type MadeCall, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { Tools } from '../model/tool.ts';
import type { Step } from '../model/trajectory.ts';
import { ceilingsIn } from './ceiling-names.ts';
import { watchCeilings } from './ceilings.ts';

const part = fc.oneof(
  fc.constantFrom<MadeCall | Step>(
    call('a', { x: 1, y: [2] }),
    call('a', { y: [2], x: 1 }),
    call('a', { x: 2 }),
    call('b', {}, { actor: 'user' }),
    call('pay', {}, { actor: 'x' }),
    call('pay', { y: 1 }, { status: 'blocked' }),
    call('set', {}, { status: 'failed', actor: 'y' }),
    call('mail', {}, { actor: 'x', parallel: 'p' }),
    call('own', {}, { parallel: 'p' }),
    { type: 'message', role: 'assistant', content: 'Well', actor: 'x' },
    {
      type: 'model',
      usage: { input_tokens: 1, output_tokens: 1 },
      cost_usd: 0.1,
      actor: 'x',
    },
    says('Hello'),
    { type: 'message', role: 'user', content: 'Go' },
    { type: 'x-span' },
    { type: 'model', usage: { input_tokens: 1, output_tokens: 1 }, cost_usd: 0.1 },
    { type: 'model', usage: { input_tokens: 2, output_tokens: 0 }, cost_usd: 0.2 },
  ),
);

const TOOLS: Tools = {
  a: { effect: 'read' },
  b: { effect: 'read' },
  pay: { effect: 'irreversible' },
  set: { effect: 'write' },
  mail: { effect: 'read', external: true },
};

const COUNTS = ['turns', 'tool_calls', 'writes', 'irreversible', 'external'] as const;
const most = fc.constantFrom(0, 0.3, 1, 2, 3);
const limitsOf = (...keys: readonly string[]) =>
  fc.tuple(fc.constantFrom(...keys), most).map(([key, value]) => ({ [key]: value }));
const ofAll = limitsOf(...COUNTS, 'tokens', 'cost_usd', 'seconds', 'repeats');
const ofActor = fc
  .tuple(fc.constantFrom('x', 'y', 'user', '__proto__'), limitsOf(...COUNTS, 'tokens', 'cost_usd'))
  .map(([actor, limits]) => ({ actors: Object.fromEntries([[actor, limits]]) }));

describe('watchCeilings()', () => {
  it('stops a live trial where the same ceiling fails its recording, and nowhere else', async () => {
    const property = fc.asyncProperty(
      fc.array(part, { maxLength: 8 }),
      fc.oneof(ofAll, ofActor),
      async (parts, limits) => {
        const { steps } = trajectoryOf(parts);
        const timed = steps.map((step, at): Step => ({ ...step, at_ms: at * 300 }));
        const watch = watchCeilings(Object.fromEntries(ceilingsIn(limits)), TOOLS);
        const stopped = timed.findIndex((step) => watch.add(step) !== null);
        const statusAt = async (count: number) => {
          const record = { ...trajectoryOf([]), steps: timed.slice(0, count) };
          return (await verdictOf(record, 'limits', limits, { tools: TOOLS })).status;
        };
        if (stopped === -1) expect(await statusAt(timed.length)).not.toBe('fail');
        else {
          expect(await statusAt(stopped)).not.toBe('fail');
          expect(await statusAt(stopped + 1)).toBe('fail');
        }
      },
    );
    await fc.assert(property, { seed: 1, numRuns: 1500 });
  }, 30_000);

  it('tells which ceilings are nearly used up', () => {
    const watch = watchCeilings({ tool_calls: 5, turns: 10, repeats: 2 });
    for (const x of [1, 2, 3, 4]) watch.add({ type: 'tool_call', tool: 'a', args: { x } });
    expect(watch.near(0.8)).toEqual([{ ceiling: 'tool_calls', used: 4, most: 5 }]);
  });

  it('takes back what a rule blocked, and counts what a ceiling blocked', () => {
    const used = (blocked: string) => {
      const watch = watchCeilings({ irreversible: 2 }, TOOLS);
      watch.add({ type: 'tool_call', id: 'c1', tool: 'pay', args: {} });
      watch.add({ type: 'tool_result', id: 'c1', blocked });
      return watch.near(0.1).map((one) => one.used);
    };
    expect(used('policy')).toEqual([]);
    expect(used('approval')).toEqual([]);
    expect(used('limit')).toEqual([1]);
  });

  it('asks only for the ceilings of who acts, however many actors have some', {
    timeout: 20_000,
  }, () => {
    const names = Array.from({ length: 1000 }, (_, n) => `a${n}`);
    const limits = { actors: Object.fromEntries(names.map((name) => [name, { tool_calls: 100 }])) };
    const watch = watchCeilings(Object.fromEntries(ceilingsIn(limits)), TOOLS);
    const step = (n: number): Step => ({ type: 'tool_call', tool: 'a', actor: `a${n % 1000}` });
    const over = Array.from({ length: 100_001 }, (_, n) => watch.add(step(n)));
    expect(over.findIndex((one) => one !== null)).toBe(100_000);
    expect(over.at(-1)).toEqual({ ceiling: 'actors.a0.tool_calls', used: 101, most: 100 });
  });
});
