import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MadeCall, trajectoryOf } from '../match/trajectory.test-support.ts';
import {
  captureCalls,
  capturingPattern,
  madeCalls,
  plainPattern,
  writePattern,
} from './calls-arbitrary.test-support.ts';
import type { Pattern } from './calls-oracle.test-support.ts';
import {
  beforeHolds,
  lastHolds,
  neverHolds,
  placedCalls,
  totalOf,
} from './selecting-oracle.test-support.ts';
import { verdictOf } from './verdict.test-support.ts';

const LONG = 60_000;

const written = (pattern: Pattern) => writePattern(pattern, {});
const patterns = fc.array(plainPattern, { minLength: 1, maxLength: 2 });
const turned = fc.constantFrom(false, false, true);

/** Asks for an expectation, or for none of it. */
async function statusOf(
  calls: readonly MadeCall[],
  key: string,
  value: unknown,
  isTurned: boolean,
): Promise<string> {
  const trajectory = trajectoryOf(calls);
  const { status } = isTurned
    ? await verdictOf(trajectory, 'not', [{ [key]: value }])
    : await verdictOf(trajectory, key, value);
  return status;
}

const words = (holds: boolean, isTurned: boolean) => (holds === isTurned ? 'fail' : 'pass');

describe('patterns that select', () => {
  it(
    'never forbids what trying every pattern on every call finds',
    async () => {
      const property = fc.asyncProperty(patterns, madeCalls, turned, async (list, calls, not) => {
        const status = await statusOf(calls, 'never', list.map(written), not);
        expect(status).toBe(words(neverHolds(list, placedCalls(calls), not), not));
      });
      await fc.assert(property, { seed: 1, numRuns: 1500 });
    },
    LONG,
  );

  it(
    'before holds where trying every pair of calls and every capture finds that it does',
    async () => {
      const rule = fc.record({ first: capturingPattern, then: capturingPattern });
      const rules = fc.array(rule, { minLength: 1, maxLength: 2 });
      const property = fc.asyncProperty(rules, captureCalls, turned, async (list, calls, not) => {
        const value = list.map(({ first, then }) => ({
          first: written(first),
          then: written(then),
        }));
        const status = await statusOf(calls, 'before', value, not);
        expect(status).toBe(words(beforeHolds(list, placedCalls(calls), not), not));
      });
      await fc.assert(property, { seed: 1, numRuns: 2000 });
    },
    LONG,
  );

  it(
    'last looks at the last call that some pattern selects',
    async () => {
      const plain = fc.tuple(patterns, plainPattern, madeCalls);
      const of = fc.array(capturingPattern, { minLength: 1, maxLength: 2 });
      const asked = fc.oneof(plain, fc.tuple(of, capturingPattern, captureCalls));
      const property = fc.asyncProperty(asked, turned, async ([list, is, made], not) => {
        const calls = made.map(({ parallel: _, ...alone }): MadeCall => alone);
        const value = { of: list.map(written), is: written(is) };
        const status = await statusOf(calls, 'last', value, not);
        expect(status).toBe(words(lastHolds(list, is, placedCalls(calls), not), not));
      });
      await fc.assert(property, { seed: 1, numRuns: 2000 });
    },
    LONG,
  );

  it(
    'totals sums what is selected and is an error where something is no number',
    async () => {
      const property = fc.asyncProperty(patterns, madeCalls, turned, async (list, calls, not) => {
        const value = [{ of: list.map(written), arg: 'x', must: { $lte: 1 } }];
        const status = await statusOf(calls, 'totals', value, not);
        const total = totalOf(list, 'x', placedCalls(calls), not);
        expect(status).toBe(total === null ? 'error' : words(total <= 1, not));
      });
      await fc.assert(property, { seed: 1, numRuns: 1500 });
    },
    LONG,
  );
});
