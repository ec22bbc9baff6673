import * as fc from 'fast-check';
import { HUGE } from '../match/matcher-arbitrary.test-support.ts';
import type { MadeCall } from '../match/trajectory.test-support.ts';
import type { Count, Element, Mode, Pattern, Question } from './calls-oracle.test-support.ts';

const seldom = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 4, nil: undefined });

/** An object without the keys that are undefined. */
function without<T extends object>(value: T): T {
  const kept = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(kept) as T; // the same but for keys that say nothing
}

const args = fc.oneof(
  { weight: 6, arbitrary: fc.record({ x: fc.integer({ min: 0, max: 1 }) }) },
  { weight: 1, arbitrary: fc.constantFrom({}, { x: 0, y: 1 }, { x: HUGE }, { x: '0' }) },
  { weight: 1, arbitrary: fc.constantFrom({ x: [0, 1] }, { x: [1, 0] }, { x: { z: 0, w: 1 } }) },
);

const status = fc.constantFrom('ok', 'ok', 'failed', 'blocked', 'unknown');

/** A call that was made; its arguments may not have been captured. */
const madeCall: fc.Arbitrary<MadeCall> = fc
  .record({
    tool: fc.constantFrom('t', 't', 'u'),
    args: fc.option(args, { freq: 12, nil: undefined }),
    status: seldom(status),
    result: seldom(fc.constantFrom({ n: 0, m: 0 }, { n: 1 })),
    actor: fc.option(fc.constantFrom('billing', 'user'), { freq: 9, nil: undefined }),
    parallel: fc.option(fc.constantFrom('p', 'q'), { freq: 3, nil: undefined }),
  })
  .map(without as (value: object) => MadeCall);

/** The calls of a trajectory. */
export const madeCalls = fc.array(madeCall, { maxLength: 5 });

const wantedArgs = fc.oneof(
  { weight: 5, arbitrary: fc.record({ x: fc.integer({ min: 0, max: 1 }) }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      {},
      { x: { $any: true } },
      { x: { $gte: 1 } },
      { x: { $ne: 0 } },
      { x: { $not: { $lt: 1 } } },
      { x: { $optional: 0 } },
      { $rest: { $type: 'integer' } },
      { x: [1, 0] },
      { x: { z: 0 } },
      { x: { $or: [0, { $size: 2 }] } },
    ),
  },
);

/** A pattern whose arguments are drawn from what is given. */
function patternOf(wanted: fc.Arbitrary<unknown>): fc.Arbitrary<Pattern> {
  return fc
    .record({
      tool: fc.constantFrom('t', 't', 't', 'u', '*'),
      args: fc.option(wanted, { freq: 5, nil: undefined }),
      status: fc.option(fc.subarray(['ok', 'failed', 'unknown'], { minLength: 1 }), {
        freq: 6,
        nil: undefined,
      }),
      result: fc.option(fc.constantFrom({ n: 0 }, { n: { $gte: 1 } }), { freq: 8, nil: undefined }),
      actor: fc.option(fc.constantFrom('billing'), { freq: 12, nil: undefined }),
    })
    .map(without as (value: object) => Pattern);
}

const range = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))
  .map(([min, more]) => ({ min, max: min + more }));

const times = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  range,
  range.map(({ min }) => ({ min })),
  range.map(({ max }) => ({ max })),
);

const count: fc.Arbitrary<Count> = fc
  .record({
    times: fc.option(times, { freq: 3, nil: undefined }),
    optional: fc.option(fc.boolean(), { freq: 3, nil: undefined }),
  })
  .map((given) => without(given) as Count); // what is undefined is left out

function elementOf(
  pattern: fc.Arbitrary<Pattern>,
  ordered: boolean,
  often: fc.Arbitrary<Count>,
): fc.Arbitrary<Element> {
  const counted = fc
    .tuple(pattern, often)
    .map(([one, counts]): Element => ({ kind: 'call', patterns: [one], ...counts }));
  if (!ordered) return counted;
  const group = fc.record({
    kind: fc.constantFrom('any_order' as const, 'one_of' as const),
    patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
  });
  return fc.oneof({ weight: 3, arbitrary: counted }, { weight: 1, arbitrary: group });
}

const modes: readonly Mode[] = ['exact', 'in_order', 'any_order', 'unordered', 'subset'];

/** A block of one of the list modes with those patterns. */
function questionOf(
  pattern: fc.Arbitrary<Pattern>,
  often: fc.Arbitrary<Count> = count,
): fc.Arbitrary<Question> {
  return fc.constantFrom(...modes).chain((mode) => {
    const ordered = mode === 'exact' || mode === 'in_order';
    return fc.record({
      mode: fc.constant(mode),
      elements: fc.array(elementOf(pattern, ordered, often), { maxLength: 3 }),
      keys: fc.constantFrom('exact' as const, 'exact' as const, 'partial' as const),
      lists: fc.constantFrom('ordered' as const, 'unordered' as const),
      least: fc.constantFrom(2 as const, 2 as const, 1 as const),
    });
  });
}

/** A pattern without captures. */
export const plainPattern = patternOf(wantedArgs);

/** A block without captures. */
export const question = questionOf(plainPattern);

/** A block whose patterns are much alike, so that nearly every call could meet several. */
export const denseQuestion = questionOf(
  fc.constantFrom<Pattern>(
    { tool: 't', args: { x: 0 } },
    { tool: 't', args: { x: 1 } },
    { tool: 't', args: { x: { $gte: 1 } } },
    { tool: 't', args: { x: { $lte: 1 } } },
    { tool: 't' },
  ),
);

/** Calls for such a block, many of them issued together, in few enough orders to try. */
export const denseCalls = fc
  .array(
    fc.record({
      tool: fc.constant('t'),
      args: fc.record({ x: fc.integer({ min: 0, max: 2 }) }),
      parallel: fc.constantFrom(undefined, undefined, 'p', 'p', 'q'),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map((calls) => calls.map(without as (value: object) => MadeCall))
  .filter((calls) => orderCount(calls) <= 24);

function orderCount(calls: readonly MadeCall[]): number {
  const sizes = ['p', 'q'].map((group) => calls.filter((one) => one.parallel === group).length);
  return sizes.reduce((product, size) => product * ([1, 1, 2, 6, 24][size] ?? 120), 1);
}

const capturing = fc.constantFrom<unknown>(
  { x: { $as: 'v' } },
  { x: { $ref: 'v' } },
  { x: { $as: 'w' } },
  { x: { $ref: 'w' } },
  { x: { $as: 'v' }, y: { $ref: 'v' } },
  { y: { $ref: 'v' }, x: { $as: 'v' } },
  { x: { $as: 'v' }, y: { $as: 'v' } },
  { x: { $as: 'v' }, y: { $ref: 'w' } },
  { x: { $as: 'v', $gte: 1 } },
  { x: { $ne: { $ref: 'v' } } },
  { x: { $not: { $ref: 'v' } } },
  { x: { $lte: { $ref: 'v' } }, y: { $any: true } },
  { x: { $optional: { $as: 'v' } } },
  { x: { $some: { $as: 'v' } } },
  { x: { $each: { $as: 'v' } } },
  { x: { $or: [{ $ref: 'v' }, { $size: 2 }] } },
  { x: 1 },
);

/** A pattern that captures or compares. */
export const capturingPattern = fc
  .record({
    tool: fc.constantFrom('t', 't', '*'),
    args: fc.option(capturing, { freq: 9, nil: undefined }),
    result: fc.option(fc.constantFrom({ n: { $as: 'v' } }, { n: { $ref: 'v' } }), {
      freq: 4,
      nil: undefined,
    }),
  })
  .map(without as (value: object) => Pattern);

/** A block whose elements capture and compare. */
export const capturingQuestion = questionOf(
  capturingPattern,
  fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: count }),
);

const small = fc.constantFrom(0, 1, 1);

/** Calls for such a block. */
export const captureCalls = fc
  .array(
    fc.record({
      tool: fc.constant('t'),
      args: fc.oneof(
        { weight: 4, arbitrary: fc.record({ x: small }) },
        { weight: 3, arbitrary: fc.record({ x: small, y: small }) },
        { weight: 1, arbitrary: fc.record({ x: fc.array(small, { maxLength: 2 }) }) },
        { weight: 1, arbitrary: fc.constantFrom({}, undefined) },
      ),
      status: fc.option(fc.constant('unknown' as const), { freq: 6, nil: undefined }),
      result: fc.option(fc.record({ n: small }), { freq: 1, nil: undefined }),
      parallel: fc.constantFrom(undefined, undefined, 'p'),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((calls) => calls.map(without as (value: object) => MadeCall));

/** A block as a suite writes it. */
export function blockOf({ mode, elements, keys, lists }: Question): Record<string, unknown> {
  return {
    [mode]: elements.map(writeElement),
    ...(keys === 'partial' && { args: keys }),
    ...(lists === 'unordered' && { lists }),
  };
}

function writeElement({ kind, patterns, ...often }: Element): unknown {
  if (kind !== 'call') return { [kind]: patterns.map((one) => writePattern(one, {})) };
  return patterns[0] && writePattern(patterns[0], often);
}

/** A pattern in the shortest form that says it. */
export function writePattern({ tool, args: wanted, ...modifiers }: Pattern, often: Count): unknown {
  const beside = { ...modifiers, ...often };
  if (wanted !== undefined) return { [tool]: wanted, ...beside };
  return Object.keys(beside).length === 0 ? tool : { tool, ...beside };
}
