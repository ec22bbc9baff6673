import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { call, type MadeCall, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { Alignment } from '../model/alignment.ts';
import { verdictOf } from './verdict.test-support.ts';

type Args = Readonly<Record<string, number>>;

async function shown(parts: readonly MadeCall[], value: unknown) {
  const verdict = await verdictOf(trajectoryOf(parts), 'calls', value);
  if (verdict.status !== 'fail') return null;
  const { alignment } = verdict.details as { alignment: Alignment }; // details of calls
  return { alignment, reason: verdict.reason };
}

/** Elements with the calls that they stand beside, and how many arguments differ there. */
function pairsIn({ items }: Alignment) {
  return items.flatMap(({ kind, element = -1, step = -1, differences = [] }) =>
    kind === 'matched' || kind === 'near'
      ? [{ element, call: step / 2, differing: differences.length }]
      : [],
  );
}

describe('the alignment of a failed block', () => {
  it.each<[name: string, parts: MadeCall[], value: object, pairs: number[][]]>([
    [
      'uses the earliest call after an element that is missing',
      [call('a'), call('a')],
      { in_order: ['b', 'a'] },
      [[1, 0, 0]],
    ],
    [
      'uses the earliest call after a group that is missing',
      [call('a'), call('a')],
      { in_order: [{ any_order: ['b', 'c'] }, 'a'] },
      [[1, 0, 0]],
    ],
    [
      'uses the earliest call among calls issued together',
      [call('a'), call('a'), call('c', {}, { parallel: 'm' }), call('d', {}, { parallel: 'm' })],
      { in_order: ['b', 'a'] },
      [[1, 0, 0]],
    ],
    [
      'leaves a call for an element that it comes near to',
      [call('a'), call('a', { x: 2 })],
      { in_order: ['b', 'a', { a: { x: 1 } }] },
      [
        [1, 0, 0],
        [2, 1, 1],
      ],
    ],
    [
      'gives a call that would do for several to the one it leaves the nearest miss for',
      [call('a', { y: 2 }), call('a', { x: 3, y: 1, z: 3 })],
      { any_order: ['a', { a: { y: 2, z: 1 } }] },
      [
        [1, 0, 1],
        [0, 1, 0],
      ],
    ],
    [
      'compares a call with the nearest member of a one_of',
      [call('b', { x: 2 })],
      { in_order: [{ one_of: [{ a: { x: 1 } }, { b: { x: 1 } }] }] },
      [[0, 0, 1]],
    ],
  ])('%s', async (_, parts, value, pairs) => {
    const found = await shown(parts, value);
    expect(found && pairsIn(found.alignment).map((one) => Object.values(one))).toEqual(pairs);
  });

  it('names every member of a one_of that no call comes near to', async () => {
    const value = { in_order: [{ one_of: [{ a: { x: 1 } }, { b: { x: 1 } }] }] };
    expect((await shown([call('c')], value))?.reason).toBe('No call of a(x: 1) or b(x: 1)');
  });
});

interface Problem {
  mode: 'exact' | 'in_order' | 'any_order' | 'unordered';
  wanted: { tool: string; args?: Args }[];
  made: { tool: string; args: Args }[];
}

const tool = fc.constantFrom('a', 'a', 'b');
const value = fc.integer({ min: 1, max: 2 });
const args = fc.record({ x: value, y: value, z: value }, { requiredKeys: [] });
const problems: fc.Arbitrary<Problem> = fc.record({
  mode: fc.constantFrom('exact' as const, 'in_order', 'any_order', 'unordered'),
  wanted: fc.array(fc.record({ tool, args }, { requiredKeys: ['tool'] }), { maxLength: 4 }),
  made: fc.array(fc.record({ tool, args }), { maxLength: 4 }),
});

type Pair = { element: number; call: number; differing: number };

/** Most matches, most near misses, fewest differing arguments, earliest calls, as one number. */
function worth(pairs: readonly Pair[]): number {
  const matches = pairs.filter(({ differing }) => differing === 0);
  const sum = (of: (pair: Pair) => number) => pairs.reduce((all, pair) => all + of(pair), 0);
  const steps = sum(({ call: at, differing }) => (differing === 0 ? 2 : 1) * at);
  return matches.length * 1e9 + pairs.length * 1e7 - sum((one) => one.differing) * 1e3 - steps;
}

/** The worth of the best way to lay elements beside calls, found by trying all. */
function bestWorth({ mode, wanted, made }: Problem, choose: readonly Pair[] | null): number {
  const ordered = mode === 'exact' || mode === 'in_order';
  const visit = (element: number, pairs: readonly Pair[]): number => {
    const one = wanted[element];
    if (!one) return worth(pairs);
    let best = visit(element + 1, pairs);
    made.forEach(({ tool: name, args: given }, at) => {
      if (name !== one.tool || pairs.some((pair) => (ordered ? pair.call >= at : pair.call === at)))
        return;
      const differing = differencesOf(one.args, given);
      if (choose && !choose.some((pair) => pair.element === element && pair.call === at)) return;
      best = Math.max(best, visit(element + 1, [...pairs, { element, call: at, differing }]));
    });
    return best;
  };
  return visit(0, []);
}

function differencesOf(asked: Args | undefined, given: Args): number {
  if (!asked) return 0;
  const keys = new Set([...Object.keys(asked), ...Object.keys(given)]);
  return [...keys].filter((key) => asked[key] !== given[key]).length;
}

describe('the alignment of any failed block', () => {
  it('is the best of all ways to lay elements beside calls', async () => {
    const property = fc.asyncProperty(problems, async (problem) => {
      const { mode, wanted, made } = problem;
      const block = {
        [mode]: wanted.map((one) => (one.args ? { [one.tool]: one.args } : one.tool)),
      };
      const found = await shown(
        made.map((one) => call(one.tool, one.args)),
        block,
      );
      // What stands out of order is shown besides: the best of what is shown keeps the order
      if (found)
        expect(bestWorth(problem, pairsIn(found.alignment))).toBe(bestWorth(problem, null));
    });
    await fc.assert(property, { seed: 1, numRuns: 3000 });
  }, 60_000);
});
