import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../judges/verdict.test-support.ts';
import {
  asks,
  call,
  handsOver,
  type MadeCall,
  recordOf,
  says,
  stepsOf,
} from '../../match/trajectory.test-support.ts';
import type { Expectations } from '../../model/expectations.ts';
import type { Tools } from '../../model/tool.ts';
import type { Step } from '../../model/trajectory.ts';
import { loopStops } from './loop-stop.ts';

const TOOLS: Tools = { a: { effect: 'read' }, b: { effect: 'read' } };
const LOOPS: Expectations = { no_loops: true };

/** How many steps are taken until the trial is stopped, with the reason; null where it is not. */
function stopOf(steps: readonly Step[], required: readonly Expectations[] = [LOOPS]) {
  const watchers = loopStops(required, TOOLS);
  for (const [index, step] of steps.entries()) {
    for (const watcher of watchers) {
      const halt = watcher(step);
      if (halt) return { taken: index + 1, ...halt };
    }
  }
  return null;
}

const pending = call('a', {}, { result: 'pending' });
const four = stepsOf([pending, pending, pending, pending, says('Still')]);

describe('loopStops()', () => {
  it('stops at the answer that completes a loop', () => {
    expect(stopOf(four)).toEqual({
      taken: 8,
      kind: 'limit',
      limit: 'no_loops',
      reason: 'Step 6 calls a() for the 4th time with the same result',
    });
  });

  it('holds what suite and task require, each as it is written, and nothing else', () => {
    expect(stopOf(four, [{}, { no_loops: { repeats: 4 } }])).toBeNull();
    expect(stopOf(four, [{ no_loops: { repeats: 4 } }, { no_loops: { repeats: 1 } }])?.taken).toBe(
      4,
    );
    expect(loopStops([{}, undefined, { not: [LOOPS], never: [] }], TOOLS)).toEqual([]);
  });

  it('leaves the calls of the user out', () => {
    const own = call('a', {}, { actor: 'user' });
    expect(stopOf(stepsOf([own, own, own, own, own]))).toBeNull();
  });

  it('reads a call as it ran: with the name and the arguments that it has once it is answered', () => {
    const steps = stepsOf([0, 1, 2, 3].map((n) => call(`server__a`, { n }, { result: null })));
    const [watcher] = loopStops([LOOPS], TOOLS);
    const halts = steps.map((step, index) => {
      const before = steps[index - 1];
      if (step.type === 'tool_result') Object.assign(before ?? {}, { tool: 'a', args: {} });
      return watcher?.(step) ?? null;
    });
    expect(halts.findIndex((halt) => halt !== null)).toBe(7);
  });

  it('reads the arguments that a person gave', () => {
    const modified = [0, 1, 2, 3].flatMap((n): Step[] => [
      { type: 'tool_call', id: `c${n}`, tool: 'a', args: { n } },
      { type: 'approval', id: `c${n}`, decision: 'modify', args: { n: 0 } },
      { type: 'tool_result', id: `c${n}`, result: null },
    ]);
    expect(stopOf(modified)?.taken).toBe(12);
  });

  it('stops calls that nobody answers', () => {
    const unanswered = Array.from({ length: 60 }, () => call('a', {}, { status: 'unknown' }));
    expect(stopOf(stepsOf(unanswered))?.taken).toBeLessThan(40);
  });

  const part = fc.constantFrom<MadeCall | Step>(
    call('a', { n: 1 }),
    call('a', { n: 2 }, { actor: 'x' }),
    call('b', {}, { parallel: 'p' }),
    call('b', { n: 1 }, { status: 'failed', parallel: 'p' }),
    call('c', {}, { status: 'blocked' }),
    call('b', {}, { actor: 'user' }),
    handsOver('x', 'y'),
    handsOver('y', 'x'),
    asks('Go on'),
    says('Well'),
  );
  const rule = fc.record({
    repeats: fc.integer({ min: 1, max: 4 }),
    errors: fc.integer({ min: 1, max: 4 }),
    stalled: fc.integer({ min: 1, max: 8 }),
    poll: fc.constantFrom([], ['a']),
  });

  it('says the same of a live trial as the judge of its record, and no later', async () => {
    const property = fc.asyncProperty(
      fc.array(part, { maxLength: 30 }),
      rule,
      async (parts, own) => {
        const steps = stepsOf(parts);
        const stop = stopOf(steps, [{ no_loops: own }]);
        const judged = (count: number) =>
          verdictOf(recordOf([...steps.slice(0, count), says('.')]), 'no_loops', own, {
            tools: TOOLS,
          });
        const verdict = await judged(stop?.taken ?? steps.length);
        expect(verdict.status).toBe(stop ? 'fail' : 'pass');
        if (stop) expect(verdict.reason).toBe(stop.reason);
      },
    );
    await fc.assert(property, { seed: 1, numRuns: 500 });
  }, 30_000);
});
