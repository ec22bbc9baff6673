import { describe, expect, it } from 'vitest';
import { call, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { verdictOf } from './verdict.test-support.ts';

const flights = [
  { id: 'X', price: '999' },
  { id: 'Y', price: 50 },
];
const booked = [call('search', {}, { result: { flights } }), call('book', { id: 'X' })];
const cheapFlight = {
  tool: 'search',
  result: { flights: { $some: { id: { $as: 'f' }, price: { $lt: 100 } } } },
};
const bookIt = { book: { id: { $ref: 'f' } } };
const LOST = 9007199254740994;

// What is captured together must come from one element, one pairing, one branch, with its own answer
describe('values that are captured together', () => {
  it.each<[name: string, calls: Parameters<typeof trajectoryOf>[0], key: string, value: unknown]>([
    ['an unknown beside the capture', booked, 'calls', { in_order: [cheapFlight, bookIt] }],
    ['an unknown beside it, in before', booked, 'before', [{ first: cheapFlight, then: bookIt }]],
    [
      'another element that agrees',
      [
        call('a', {
          y: [
            { q: 1, r: 2 },
            { q: 2, r: 9 },
          ],
        }),
      ],
      'calls',
      { in_order: [{ a: { y: { $some: { q: { $ref: 'u' }, r: { $as: 'u' } } } } }] },
    ],
    [
      'another element that compares',
      [
        call('a', {
          x: [
            { q: 1, r: 2 },
            { q: 3, r: 's' },
          ],
        }),
      ],
      'calls',
      { in_order: [{ a: { x: { $some: { q: { $as: 'u' }, r: { $lte: { $ref: 'u' } } } } } }] },
    ],
    [
      'another pairing',
      [call('a', { y: [2, 3] })],
      'calls',
      { in_order: [{ a: { y: { $unordered: [{ $ref: 'u' }, { $as: 'u' }] } } }] },
    ],
    [
      'a branch that is unknown',
      [call('a', { x: { q: 2, r: 3 } })],
      'calls',
      { in_order: [{ a: { x: { $or: [{ q: { $as: 'v' }, r: { $as: 'v' } }, { $gt: 1 }] } } }] },
    ],
    ...(['in_order', 'any_order', 'exact', 'unordered'] as const).flatMap((mode) =>
      [
        { x: 1, y: LOST },
        { x: LOST, y: LOST },
        { x: 'abc', y: '[redacted:K]' },
      ].map((args): [string, ReturnType<typeof call>[], string, unknown] => [
        `a name twice, one of them unknown, in ${mode}`,
        [call('a', args)],
        'calls',
        { [mode]: [{ a: { x: { $as: 'u' }, y: { $as: 'u' } } }] },
      ]),
    ),
  ])('fail where they agree only with %s', async (_, calls, key, value) => {
    expect((await verdictOf(trajectoryOf([...calls, says('Done')]), key, value)).status).toBe(
      'fail',
    );
  });

  it('pass where one element has both', async () => {
    const cheap = [call('search', {}, { result: { flights } }), call('book', { id: 'Y' })];
    const { status } = await verdictOf(trajectoryOf(cheap), 'calls', {
      in_order: [cheapFlight, bookIt],
    });
    expect(status).toBe('pass');
  });

  it('are not forbidden where no way to match has them', async () => {
    const trajectory = trajectoryOf([call('a', { y: [2, 3] })]);
    for (const y of [
      [{ $ref: 'u' }, { $as: 'u' }],
      [{ $as: 'u' }, { $ref: 'u' }],
    ]) {
      expect((await verdictOf(trajectory, 'never', [{ a: { y } }])).status).toBe('pass');
    }
  });
});

describe('a ref that nothing bound', () => {
  it.each(['in_order', 'exact'])('counts as missing in %s', async (mode) => {
    const trajectory = trajectoryOf([call('a', { x: 2 }), call('b', { x: 2 })]);
    const value = { [mode]: [{ a: { x: { $ref: 'u' } } }, { b: { x: { $as: 'u' } } }] };
    const verdict = await verdictOf(trajectory, 'calls', value);
    expect(verdict).toMatchObject({ status: 'fail' });
    expect(verdict.score).toBeLessThan(1);
    expect(verdict.reason).toContain('out of order');
  });
});

describe('what is not known', () => {
  it('is not valid under a schema, nor invalid', async () => {
    const trajectory = trajectoryOf([call('a', { x: '[redacted:KEY]' })]);
    const schema = { $schema: { pattern: '^sk-' } };
    expect((await verdictOf(trajectory, 'never', [{ a: { x: schema } }])).status).toBe('fail');
    const is = { a: { x: { $schema: { not: { const: 'abc' } } } } };
    expect((await verdictOf(trajectory, 'last', { of: 'a', is })).status).toBe('fail');
  });

  it('does not help a `not` of before', async () => {
    const trajectory = trajectoryOf([call('a', {}, { status: 'unknown' }), call('b', {})]);
    const value = [{ before: [{ first: 'a', then: 'b' }] }];
    expect((await verdictOf(trajectory, 'not', value)).status).toBe('fail');
  });

  it('reads as anything only where it can matter', async () => {
    const then = { b: { y: { $not: { $or: [1, { $ref: 'u' }] } } } };
    const value = [{ first: { a: { x: { $as: 'u' } } }, then }];
    expect((await verdictOf(trajectoryOf([call('b', { y: 1 })]), 'before', value)).status).toBe(
      'pass',
    );
    expect((await verdictOf(trajectoryOf([call('b', { y: 2 })]), 'before', value)).status).toBe(
      'fail',
    );
  });
});

describe('operands that were captured', () => {
  const first = (value: unknown) => call('keep', { value });
  const asks = (operator: unknown) => ({
    in_order: [{ keep: { value: { $as: 'u' } } }, { look: { at: operator } }],
  });
  it.each<[operator: unknown, captured: unknown, value: unknown, status: string]>([
    [{ $partial: { $ref: 'u' } }, { q: 1 }, { q: 1, w: 2 }, 'pass'],
    [{ $partial: { $ref: 'u' } }, { q: { $gt: 0 } }, { q: 1 }, 'fail'],
    [{ $partial: { $ref: 'u' } }, { q: 1 }, 1, 'fail'],
    [{ $unordered: { $ref: 'u' } }, [1, 2], [2, 1], 'pass'],
    [{ $unordered: { $ref: 'u' } }, [1, 2], [2, 2], 'fail'],
    [{ $exists: { $ref: 'u' } }, true, 'x', 'pass'],
    [{ $exists: { $ref: 'u' } }, false, 'x', 'fail'],
    [{ $approx: { $ref: 'u' } }, { value: 10, within: 1 }, 10.5, 'pass'],
    [{ $approx: { value: { $ref: 'u' }, within: 1 } }, 10, 11.5, 'fail'],
    [{ $approx: { value: 10, within: { $ref: 'u' } } }, 2, 11.5, 'pass'],
    [{ $schema: { $ref: 'u' } }, { type: 'string' }, 'x', 'pass'],
    [{ $schema: { $ref: 'u' } }, { type: 'string' }, 1, 'fail'],
    [{ $from: { $ref: 'u' } }, ['keep'], 'kept', 'pass'],
    [{ $from: { $ref: 'u' } }, ['other'], 'kept', 'fail'],
  ])('%j of %j tells of %j: %s', async (operator, captured, value, status) => {
    const kept = { ...first(captured), result: { word: 'kept' } };
    const trajectory = trajectoryOf([kept, call('look', { at: value })]);
    expect((await verdictOf(trajectory, 'calls', asks(operator))).status).toBe(status);
  });
});

describe('a name that is captured twice in one call', () => {
  it.each(['any_order', 'in_order'])('is told where the values differ, in %s', async (mode) => {
    const value = { [mode]: [{ a: { x: { $as: 'u' }, y: { $as: 'u' } } }] };
    const verdict = await verdictOf(trajectoryOf([call('a', { x: 2, y: 1 })]), 'calls', value);
    expect(verdict.reason).toBe(
      'Step 0 calls a with arguments { x: 2, y: 1 }, wanted one value for u wherever it is captured',
    );
  });
});
