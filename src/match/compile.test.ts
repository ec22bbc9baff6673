import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileMatcher, EXACT, PARTIAL, SELECTING } from './compile.ts';
import { loadRegex, loadSchemas } from './engines.ts';
import {
  comparing,
  HUGE,
  jsonValue,
  matcher,
  ownObject,
} from './matcher-arbitrary.test-support.ts';
import { naive } from './matcher-oracle.test-support.ts';
import type { Mode, Report } from './operator.ts';
import { BARE_SCOPE } from './scope.ts';
import { ABSENT, NO, NOT_KNOWN, type Tri, UNKNOWN, YES } from './tri.ts';

const noFaults: Report = (path, message) => {
  throw new TypeError(`${path.join('.')}: ${message}`);
};

const answerOf = (source: unknown, value: unknown, mode: Mode = EXACT): Tri =>
  compileMatcher(source, mode, noFaults).test(value, BARE_SCOPE);

beforeAll(async () => {
  await loadRegex();
  await loadSchemas();
});

const anyValue = fc.oneof(
  { weight: 9, arbitrary: jsonValue },
  { weight: 1, arbitrary: fc.constantFrom(ABSENT, NOT_KNOWN) },
);

describe('compileMatcher()', () => {
  it('answers as the naive reading of the language does, for any matcher and value', () => {
    void fc.assert(
      fc.property(matcher, anyValue, comparing, (source, value, mode) => {
        expect(answerOf(source, value, mode)).toBe(naive(source, value, mode, new Map()));
      }),
      { seed: 1, numRuns: 10_000 },
    );
  }, 60_000);

  it('says where a value departs exactly when it does not match', () => {
    void fc.assert(
      fc.property(matcher, anyValue, comparing, (source, value, mode) => {
        const compiled = compileMatcher(source, mode, noFaults);
        const matches = compiled.test(value, BARE_SCOPE) === YES;
        expect(compiled.differences(value, BARE_SCOPE, 'args').length === 0).toBe(matches);
        expect(compiled.distance(value, BARE_SCOPE) === 0).toBe(matches);
        expect(compiled.words(new Map())).not.toBe('');
      }),
      { seed: 2, numRuns: 3000 },
    );
  }, 60_000);

  it('finds every value equal to itself and different from another', () => {
    const safe = jsonValue.filter(
      (value) => !JSON.stringify(value).includes(String(HUGE).slice(1, 9)),
    );
    void fc.assert(
      fc.property(safe, safe, (a, b) => {
        const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect(answerOf({ $eq: b }, a)).toBe(same ? YES : NO);
        expect(answerOf({ $ne: b }, a)).toBe(same ? NO : YES);
        expect(answerOf({ $eq: a }, structuredClone(a))).toBe(YES);
      }),
      { seed: 3, numRuns: 3000 },
    );
  });
});

/** The same value with the keys of its objects sorted, and −0 as 0. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).map(([key, one]): [string, unknown] => [key, sorted(one)]);
  return ownObject(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const day = '2024-05-01';

describe('operators', () => {
  it.each<[source: unknown, value: unknown, answer: Tri]>([
    // literals
    [1, 1.0, YES],
    [0, -0, YES],
    ['1', 1, NO],
    [1, '1', NO],
    [1, true, NO],
    ['a', 'A', NO],
    ['é', 'e\u0301', NO],
    ['\ud800', '\ud800', YES],
    ['\ud800', '\ud801', NO],
    [null, null, YES],
    [null, ABSENT, NO],
    [{}, {}, YES],
    [{}, [], NO],
    [[], {}, NO],
    [[], [], YES],
    [{ ids: [] }, { ids: {} }, NO],
    [{ a: 1 }, { a: 1, b: 2 }, NO],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, YES],
    [HUGE, HUGE, UNKNOWN],
    [1, HUGE, UNKNOWN],
    [{ id: HUGE }, { id: HUGE }, UNKNOWN],
    [{ id: HUGE, a: 1 }, { id: HUGE, a: 2 }, NO],
    [2 ** 53 - 1, 2 ** 53 - 1, YES],
    // data with $ keys
    [{ $eq: { $gt: 1 } }, { $gt: 1 }, YES],
    [{ $eq: { $gt: 1 } }, 2, NO],
    [{ a: { $eq: { $ref: 'x' } } }, { a: { $ref: 'x' } }, YES],
    // comparisons
    [{ $gt: 100 }, '150', UNKNOWN],
    [{ $gt: 100 }, null, UNKNOWN],
    [{ $gt: 100 }, HUGE, UNKNOWN],
    [{ $gt: 100 }, 100, NO],
    [{ $gte: 100 }, 100, YES],
    [{ $gt: 0, $lt: 2 }, 1, YES],
    [{ $gt: 0, $lt: 2 }, 2, NO],
    [{ $gt: 0, $lt: 2 }, '1', UNKNOWN],
    // instants
    [{ $lte: day }, '2024-05-01T00:00:00Z', YES],
    [{ $gte: day }, '2024-05-01T00:00:00Z', YES],
    [{ $gt: '2024-05-01T12:00:00' }, '2024-05-01T13:30:00+02:00', NO],
    [{ $lt: '2024-05-01T12:00:00' }, '2024-05-01T13:30:00+02:00', YES],
    [{ $lt: '2024-05-01T12:00:00.250Z' }, '2024-05-01T12:00:00.1Z', YES],
    [{ $gt: day }, '2024-13-01', UNKNOWN],
    [{ $gt: day }, '2024-02-30', UNKNOWN],
    [{ $gt: day }, 'tomorrow', UNKNOWN],
    [{ $gt: day }, 1_714_521_600_000, UNKNOWN],
    [{ $gt: 5 }, day, UNKNOWN],
    // distance
    [{ $approx: { value: 42.5, within: 0.1 } }, 42.6, YES],
    [{ $approx: { value: 0.3, within: 0 } }, 0.1 + 0.2, YES],
    [{ $approx: { value: 42.5, within: 0.1 } }, 42.61, NO],
    [{ $approx: { value: 42.5, within: 0.1 } }, '42.5', UNKNOWN],
    // parts of texts and lists
    [{ $contains: 'late' }, 'too late', YES],
    [{ $contains: 'Late' }, 'too late', NO],
    [{ $contains: '' }, '', YES],
    [{ $contains: 'late' }, ['too late'], YES],
    [{ $contains: 3 }, [1, 3], YES],
    [{ $contains: { id: 1 } }, [{ id: 1 }], YES],
    [{ $contains: { id: 1 } }, [{ id: 1, name: 'a' }], NO],
    [{ $contains: 'a' }, { a: 1 }, UNKNOWN],
    [{ $contains: 'a' }, 5, UNKNOWN],
    [{ $contains: HUGE }, [HUGE], UNKNOWN],
    [{ $starts_with: 'a' }, ['a'], UNKNOWN],
    [{ $ends_with: '@shop.example' }, 'eve@evil.example', NO],
    [{ $ends_with: '@shop.example' }, null, UNKNOWN],
    [{ $regex: '(?i)refunded' }, 'It was REFUNDED', YES],
    [{ $regex: '^refunded$' }, 'It was refunded', NO],
    [{ $regex: '[0-9]+' }, 1042, UNKNOWN],
    [{ $text: 'It is 10:30!' }, 'it is  1030', YES],
    [{ $text: 'ﬁne' }, 'FINE', YES],
    [{ $text: 'fine' }, 'fined', NO],
    [{ $text: '12' }, 12, UNKNOWN],
    // types and schemas
    [{ $type: 'integer' }, 1.0, YES],
    [{ $type: 'integer' }, 1.5, NO],
    [{ $type: 'object' }, [], NO],
    [{ $type: 'object' }, null, NO],
    [{ $type: ['string', 'null'] }, null, YES],
    [{ $type: 'string' }, ABSENT, NO],
    [{ $schema: { type: 'object', required: ['a'] } }, { a: 1 }, YES],
    [{ $schema: { type: 'object', required: ['a'] } }, {}, NO],
    // what every object inherits is not there
    [{ $schema: { required: ['constructor'] } }, {}, NO],
    [{ $schema: { properties: { toString: { type: 'string' } } } }, {}, YES],
    [{ $schema: false }, 1, NO],
    // being there
    [{ $exists: true }, null, YES],
    [{ $exists: false }, null, NO],
    [{ $exists: false }, ABSENT, YES],
    [{ $any: true }, ABSENT, NO],
    [{ $any: true }, null, YES],
    [{ $optional: 1 }, ABSENT, YES],
    [{ $optional: 1 }, null, NO],
    [{ a: { $optional: 1 } }, {}, YES],
    [{ a: { b: { $optional: 1 } } }, {}, NO],
    // lists
    [{ $size: 0 }, [], YES],
    [{ $size: { $gte: 2 } }, [1], NO],
    [{ $size: 1 }, 'a', UNKNOWN],
    [{ $each: { $gt: 0 } }, [], YES],
    [{ $each: { $gt: 0 } }, [1, '2'], UNKNOWN],
    [{ $each: { $gt: 0 } }, [0, '2'], NO],
    [{ $some: { $gt: 0 } }, [], NO],
    [{ $some: { $gt: 0 } }, [0, '2'], UNKNOWN],
    [{ $some: { $gt: 0 } }, [1, '2'], YES],
    [{ $some: 1 }, 1, UNKNOWN],
    [{ $unordered: [1, 2] }, [2, 1], YES],
    [{ $unordered: [1, 1, 2] }, [1, 2, 2], NO],
    [{ $unordered: [{ $any: true }, 1] }, [1, 2], YES],
    [{ $unordered: [1] }, 1, UNKNOWN],
    [[1, 2], [2, 1], NO],
    // objects
    [{ $partial: { a: { b: 1 } } }, { a: { b: 1, c: 2 }, d: 3 }, YES],
    [{ $partial: { a: [{ b: 1 }] } }, { a: [{ b: 1, c: 2 }] }, YES],
    [{ $partial: { a: { $exists: false } } }, { a: 1 }, NO],
    [{ a: 1, $rest: { $type: 'string' } }, { a: 1, b: 'x' }, YES],
    [{ a: 1, $rest: { $type: 'string' } }, { a: 1, b: 2 }, NO],
    [{ a: 1, $rest: { $type: 'string' } }, { b: 'x' }, NO],
    // combination
    [{ $not: { $gt: 100 } }, '150', UNKNOWN],
    [{ $not: 5 }, ABSENT, YES],
    [{ $not: { $optional: 5 } }, ABSENT, NO],
    [{ $and: [{ $ne: 1 }, { $nin: [2] }] }, ABSENT, YES],
    [{ $or: [{ $gt: 1 }, { $exists: false }] }, ABSENT, YES],
    [{ $or: [{ $gt: 1 }, 'a'] }, 'a', YES],
    [{ $or: [{ $gt: 1 }, 'a'] }, 'b', UNKNOWN],
    [{ $and: [{ $gt: 1 }, 'a'] }, 'b', NO],
    // captures that nothing bound
    [{ $ref: 'total' }, 5, UNKNOWN],
    [{ $ne: { $ref: 'total' } }, 5, UNKNOWN],
    [{ $ne: { $ref: 'total' } }, ABSENT, YES],
    [{ $lte: { $ref: 'total' } }, ABSENT, NO],
    [{ $from: 'input' }, 'a', UNKNOWN],
  ])('%j answers of %j', (source, value, answer) => {
    expect(answerOf(source, value)).toBe(answer);
  });

  it.each([
    'eq ne in nin gt gte lt lte approx contains starts_with ends_with regex text type size each some unordered any',
  ])('answers for an absent value as the page says: %s', (names) => {
    const operands: Record<string, unknown> = {
      in: [1],
      nin: [1],
      approx: { value: 1, within: 1 },
      type: 'null',
      unordered: [],
      any: true,
      regex: '',
      text: '',
      contains: '',
      starts_with: '',
      ends_with: '',
    };
    const yes = names.split(' ').filter((name) => {
      const operand = Object.hasOwn(operands, name) ? operands[name] : 1;
      return answerOf({ [`$${name}`]: operand }, ABSENT) === YES;
    });
    expect(yes).toEqual(['ne', 'nin']);
  });

  it('reads what was not captured as unknown, whatever is asked of it', () => {
    for (const source of [1, {}, { a: 1 }, [], { $any: true }, { $exists: false }, { $not: 1 }]) {
      expect(answerOf(source, NOT_KNOWN)).toBe(UNKNOWN);
    }
  });

  it('cannot say that a value of a type that $partial does not speak of lacks keys', () => {
    expect(answerOf({ $partial: { to: 'eve' } }, '{"to": "eve"}')).toBe(UNKNOWN);
    expect(answerOf({ $not: { $partial: { to: 'eve' } } }, '{"to": "eve"}')).toBe(UNKNOWN);
  });

  it('cannot say that a number beyond 2^53 is no multiple, bound or constant of a schema', () => {
    expect(answerOf({ $schema: { const: HUGE } }, HUGE)).toBe(UNKNOWN);
    expect(answerOf({ id: { $schema: { maximum: 10 } } }, { id: HUGE })).toBe(UNKNOWN);
  });
});

describe('modes of comparing', () => {
  it.each<[source: unknown, value: unknown, exact: Tri, partial: Tri, selecting: Tri]>([
    [{ a: 1 }, { a: 1, b: 2 }, NO, YES, YES],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 } }, NO, YES, YES],
    [{ a: [{ b: 1 }] }, { a: [{ b: 1, c: 2 }] }, NO, YES, YES],
    [{ to: ['eve'] }, { to: ['bob', 'eve'] }, NO, NO, YES],
    [{ to: ['eve', 'bob'] }, { to: ['bob', 'eve'] }, NO, NO, YES],
    [{ to: ['eve', 'eve'] }, { to: ['bob', 'eve'] }, NO, NO, NO],
    [{ to: [] }, { to: ['bob'] }, NO, NO, YES],
    [{ to: [{ $any: true }, 'eve'] }, { to: ['eve', 'bob'] }, NO, NO, YES],
    [{ to: [{ $gt: 1 }] }, { to: ['2'] }, UNKNOWN, UNKNOWN, UNKNOWN],
    [{ a: { $eq: { b: 1 } } }, { a: { b: 1, c: 2 } }, NO, NO, NO],
    [{ a: { $not: { b: 1 } } }, { a: { b: 1, c: 2 } }, YES, NO, NO],
    [{ a: { $each: { b: 1 } } }, { a: [{ b: 1, c: 2 }] }, NO, YES, YES],
    [{}, { a: 1 }, NO, YES, YES],
    [{ a: { $exists: false } }, { b: 1 }, NO, YES, YES],
  ])('%j on %j is exact, partial or selecting', (source, value, exact, partial, selecting) => {
    expect([EXACT, PARTIAL, SELECTING].map((mode) => answerOf(source, value, mode))).toEqual([
      exact,
      partial,
      selecting,
    ]);
  });
});

describe('names that objects have by nature', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is data', (name) => {
    const held = ownObject([[name, 1]]);
    expect(answerOf(held, held)).toBe(YES);
    expect(answerOf(held, {})).toBe(NO);
    expect(answerOf({}, held)).toBe(NO);
    expect(answerOf(ownObject([[name, { $exists: true }]]), {}, PARTIAL)).toBe(NO);
    expect(answerOf(ownObject([[name, { $exists: false }]]), {})).toBe(YES);
    expect(answerOf({ $eq: held }, ownObject([[name, 2]]))).toBe(NO);
    expect(answerOf({ $eq: {} }, held)).toBe(NO);
  });
});

describe('faults of a matcher', () => {
  it.each<[source: unknown, path: string, words: string]>([
    [{ a: { $eqq: 1 } }, 'a.$eqq', '$eq'],
    [{ $gt: 'soon' }, '$gt', 'ISO date'],
    [{ $in: 1 }, '$in', 'list'],
    [{ $regex: '(' }, '$regex', '('],
    [{ $regex: '(?=a)' }, '$regex', '$regex'],
    [{ $type: 'text' }, '$type', 'string'],
    [{ $approx: { value: 1 } }, '$approx', 'within'],
    [{ $approx: { value: 1, within: 1, or: 2 } }, '$approx.or', 'within'],
    [{ $exists: 'no' }, '$exists', 'true or false'],
    [{ $any: false }, '$any', 'true'],
    [{ $or: [] }, '$or', 'at least one'],
    [{ $and: { a: 1 } }, '$and', 'list'],
    [{ $unordered: 1 }, '$unordered', 'list'],
    [{ $as: 1 }, '$as', 'name'],
    [{ $from: [] }, '$from', 'list of tools'],
    [{ $from: 'somewhere' }, '$from', 'input'],
    [{ $eq: 1, plain: 2 }, 'plain', '$eq'],
    [{ $ne: { $gt: 1 } }, '$ne', '$eq'],
    [{ $not: { a: { $as: 'x' } } }, '$not', '$as'],
    [{ $schema: { type: 'nothing' } }, '$schema', 'JSON Schema'],
    [{ $rest: 1, $gt: 2 }, '$rest', '$rest'],
  ])('%j is refused at %s', (source, path, words) => {
    const faults: [string, string][] = [];
    compileMatcher(source, EXACT, (at, message) => faults.push([at.join('.'), message]));
    expect(faults.map(([at]) => at)).toContain(path);
    expect(faults.map(([, message]) => message).join()).toContain(words);
  });
});
