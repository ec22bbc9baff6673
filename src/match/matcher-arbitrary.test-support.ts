import * as fc from 'fast-check';

/** Beyond 2^53: a number that JSON readers cannot be trusted with. */
export const HUGE = 2 ** 53 + 2;

const dates = ['2024-01-01', '2024-01-02T00:00:00Z', '2024-01-01T23:30:00-00:30'];
const texts = ['', 'a', 'ab', 'B a', ...dates];
const keys = ['a', 'b', '__proto__', 'constructor'];

/** Builds an object whose keys are all its own, `__proto__` included. */
export function ownObject(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries(entries);
}

const number = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -1, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(0.5, 2.5, -0) },
  { weight: 1, arbitrary: fc.constantFrom(HUGE, HUGE + 2, -HUGE) },
);

const scalar = fc.oneof(
  { weight: 4, arbitrary: number },
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
);

function objects(inner: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  const entry = fc.tuple(fc.constantFrom(...keys), inner);
  return fc
    .uniqueArray(entry, { maxLength: 3, selector: ([key]) => key })
    .map((entries) => ownObject(entries));
}

/** Small JSON values, so that matchers meet them often. */
export const jsonValue: fc.Arbitrary<unknown> = valueOfDepth(2);

function valueOfDepth(depth: number): fc.Arbitrary<unknown> {
  if (depth === 0) return scalar;
  const inner = valueOfDepth(depth - 1);
  return fc.oneof(
    { weight: 3, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(inner, { maxLength: 3 }) },
    { weight: 2, arbitrary: objects(inner) },
  );
}

const comparable = fc.oneof(fc.integer({ min: -1, max: 3 }), fc.constantFrom(...dates));
const part = fc.constantFrom('', 'a', 'b', '2024');
const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'array', 'object');

const plainOperators: Record<string, fc.Arbitrary<unknown>> = {
  $eq: valueOfDepth(1),
  $ne: valueOfDepth(1),
  $in: fc.array(scalar, { maxLength: 3 }),
  $nin: fc.array(scalar, { maxLength: 3 }),
  $gt: comparable,
  $gte: comparable,
  $lt: comparable,
  $lte: comparable,
  $approx: fc.record({ value: fc.integer({ min: 0, max: 2 }), within: fc.constantFrom(0, 0.5, 1) }),
  $contains: fc.oneof(part, fc.integer({ min: 0, max: 2 })),
  $starts_with: part,
  $ends_with: part,
  $regex: fc.constantFrom('a', '^a', 'b$', '^$', '[0-9]{4}'),
  $text: fc.constantFrom('A', 'ba', ' b, A!', ''),
  $type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 2 })),
  $exists: fc.boolean(),
  $any: fc.constant(true),
};

function nestedOperators(inner: fc.Arbitrary<unknown>): Record<string, fc.Arbitrary<unknown>> {
  return {
    $optional: inner,
    $size: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant({ $gte: 2 })),
    $each: inner,
    $some: inner,
    $unordered: fc.array(inner, { maxLength: 3 }),
    $partial: objects(inner),
    $not: inner,
    $and: fc.array(inner, { minLength: 1, maxLength: 2 }),
    $or: fc.array(inner, { minLength: 1, maxLength: 2 }),
  };
}

/** An object of operators; `$partial` is asked of objects alone, of which alone it speaks. */
function operatorsOf(entries: readonly [string, unknown][]): Record<string, unknown> {
  const operators = ownObject(entries);
  return Object.hasOwn(operators, '$partial') ? { ...operators, $type: 'object' } : operators;
}

function oneOperator(operators: Record<string, fc.Arbitrary<unknown>>) {
  return fc.oneof(
    ...Object.entries(operators).map(([name, operand]) =>
      operand.map((value): [string, unknown] => [name, value]),
    ),
  );
}

/** Matchers without captures, as written. */
export const matcher: fc.Arbitrary<unknown> = matcherOfDepth(2);

function matcherOfDepth(depth: number): fc.Arbitrary<unknown> {
  if (depth === 0) {
    return fc.oneof(
      scalar,
      oneOperator(plainOperators).map((one) => operatorsOf([one])),
    );
  }
  const inner = matcherOfDepth(depth - 1);
  const operators = fc
    .uniqueArray(oneOperator({ ...plainOperators, ...nestedOperators(inner) }), {
      minLength: 1,
      maxLength: 2,
      selector: ([name]) => name,
    })
    .map(operatorsOf);
  const nested = oneOperator(nestedOperators(inner)).map((one) => operatorsOf([one]));
  const open = fc.tuple(objects(inner), inner).map(([shape, rest]) => ({ ...shape, $rest: rest }));
  return fc.oneof(
    { weight: 1, arbitrary: scalar },
    { weight: 3, arbitrary: operators },
    { weight: 2, arbitrary: nested },
    { weight: 2, arbitrary: objects(inner) },
    { weight: 1, arbitrary: open },
    { weight: 1, arbitrary: fc.array(inner, { maxLength: 3 }) },
  );
}

/** Every way in which literals compare. */
export const comparing = fc.record({
  keys: fc.constantFrom('exact', 'partial'),
  lists: fc.constantFrom('ordered', 'unordered', 'contained'),
});
