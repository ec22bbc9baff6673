import { ABSENT, NO, NOT_KNOWN, type Tri, UNKNOWN, YES } from './tri.ts';

/** How literals compare, as the pages on matchers say it. */
export interface Comparing {
  readonly keys: 'exact' | 'partial';
  readonly lists: 'ordered' | 'unordered' | 'contained';
}

/** Captured values by name, all of them known beforehand. */
export type Known = ReadonlyMap<string, unknown>;

type Operator = (operand: unknown, value: unknown, mode: Comparing, known: Known) => Tri;

const UNSAFE = 2 ** 53;

/** Reads a matcher as written and answers for one value, in the plainest way there is. */
export function naive(source: unknown, value: unknown, mode: Comparing, known: Known): Tri {
  if (value === NOT_KNOWN) return UNKNOWN;
  if (Array.isArray(source)) return list(source, value, mode.lists, { mode, known, otherType: NO });
  if (!isPlain(source)) return value === ABSENT ? NO : same(value, source);
  const keys = Object.keys(source);
  if (keys.some((key) => key.startsWith('$') && key !== '$rest')) {
    return least(keys.map((key) => operate(key, source[key], value, mode, known)));
  }
  return object(source, value, mode, known);
}

/** JSON equality in three values: numbers beyond 2^53 cannot be told apart. */
function same(value: unknown, wanted: unknown): Tri {
  if (typeof value === 'number' && typeof wanted === 'number') {
    if (Math.abs(value) > UNSAFE || Math.abs(wanted) > UNSAFE) return UNKNOWN;
    return yes(value === wanted);
  }
  if (Array.isArray(value) && Array.isArray(wanted)) {
    if (value.length !== wanted.length) return NO;
    return least(value.map((item, at) => same(item, wanted[at])));
  }
  if (isPlain(value) && isPlain(wanted)) {
    const keys = Object.keys(wanted);
    if (Object.keys(value).sort().join() !== keys.sort().join()) return NO;
    return least(keys.map((key) => same(value[key], wanted[key])));
  }
  return yes(value === wanted);
}

function object(
  source: Record<string, unknown>,
  value: unknown,
  mode: Comparing,
  known: Known,
): Tri {
  if (!isPlain(value)) return NO;
  const wanted = Object.keys(source).filter((key) => key !== '$rest');
  const others = Object.keys(value).filter((key) => !wanted.includes(key));
  const answers = wanted.map((key) => {
    const there = Object.hasOwn(value, key) ? value[key] : ABSENT;
    return naive(source[key], there, mode, known);
  });
  if (Object.hasOwn(source, '$rest')) {
    answers.push(...others.map((key) => naive(source['$rest'], value[key], mode, known)));
  } else if (mode.keys === 'exact' && others.length > 0) {
    answers.push(NO);
  }
  return least(answers);
}

function list(
  items: readonly unknown[],
  value: unknown,
  rule: Comparing['lists'],
  { mode, known, otherType }: { mode: Comparing; known: Known; otherType: Tri },
): Tri {
  if (value === ABSENT) return NO;
  if (!Array.isArray(value)) return otherType;
  if (rule === 'contained' ? items.length > value.length : items.length !== value.length) return NO;
  const answer = (item: unknown, element: unknown): Tri => naive(item, element, mode, known);
  if (rule === 'ordered') return least(items.map((item, at) => answer(item, value[at])));
  return most(
    choices(value, items.length).map((chosen) =>
      least(items.map((item, at) => answer(item, chosen[at]))),
    ),
  );
}

/** Every way to take so many elements in some order. */
export function choices<T>(elements: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return elements.flatMap((element, at) => {
    const others = [...elements.slice(0, at), ...elements.slice(at + 1)];
    return choices(others, count - 1).map((rest) => [element, ...rest]);
  });
}

function operate(
  name: string,
  operand: unknown,
  value: unknown,
  mode: Comparing,
  known: Known,
): Tri {
  const operator = operators[name];
  if (!operator) throw new TypeError(`The oracle does not know ${name}`);
  if (value === ABSENT && !speaksOfAbsence.has(name)) return NO;
  const ref = isPlain(operand) && Object.keys(operand).join() === '$ref' ? operand['$ref'] : null;
  if (typeof ref !== 'string' || nests.has(name)) return operator(operand, value, mode, known);
  if (value === ABSENT) return operator(null, value, mode, known);
  return known.has(ref) ? operator(known.get(ref), value, mode, known) : UNKNOWN;
}

/** Operators that have an answer of their own for an absent value. */
const speaksOfAbsence = new Set(
  '$ne $nin $exists $optional $not $and $or $partial $any'.split(' '),
);
/** Operators whose operand is a matcher, in which a `$ref` is a matcher too. */
const nests = new Set(
  '$eq $not $and $or $optional $each $some $size $unordered $partial'.split(' '),
);

const operators: Readonly<Record<string, Operator>> = {
  $eq: (operand, value) => same(value, operand),
  $ne: (operand, value) => (value === ABSENT ? YES : turned(same(value, operand))),
  $in: (operand, value) => most(listOf(operand).map((one) => same(value, one))),
  $nin: (operand, value) =>
    value === ABSENT ? YES : turned(most(listOf(operand).map((one) => same(value, one)))),
  $gt: (operand, value) => compared(value, operand, (sign) => sign > 0),
  $gte: (operand, value) => compared(value, operand, (sign) => sign >= 0),
  $lt: (operand, value) => compared(value, operand, (sign) => sign < 0),
  $lte: (operand, value) => compared(value, operand, (sign) => sign <= 0),
  $approx: (operand, value) => {
    const { value: middle, within } = operand as { value: number; within: number }; // as generated
    if (typeof value !== 'number' || Math.abs(value) > UNSAFE) return UNKNOWN;
    return yes(Math.abs(value - middle) <= within);
  },
  $contains: (operand, value) => {
    const has = (text: string) => yes(typeof operand === 'string' && text.includes(operand));
    if (typeof value === 'string') return has(value);
    if (!Array.isArray(value)) return UNKNOWN;
    return most(value.map((one) => (typeof one === 'string' ? has(one) : same(one, operand))));
  },
  $starts_with: (operand, value) => textual(value, (text) => text.startsWith(String(operand))),
  $ends_with: (operand, value) => textual(value, (text) => text.endsWith(String(operand))),
  $regex: (operand, value) => textual(value, (text) => new RegExp(String(operand)).test(text)),
  $text: (operand, value) => textual(value, (text) => loose(text) === loose(String(operand))),
  $type: (operand, value) => yes(typesOf(value).some((type) => [operand].flat().includes(type))),
  $exists: (operand, value) => yes((value !== ABSENT) === operand),
  $any: (_operand, value) => yes(value !== ABSENT),
  $optional: (operand, value, mode, known) =>
    value === ABSENT ? YES : naive(operand, value, mode, known),
  $size: (operand, value, mode, known) =>
    Array.isArray(value) ? naive(operand, value.length, mode, known) : UNKNOWN,
  $each: (operand, value, mode, known) =>
    Array.isArray(value) ? least(value.map((one) => naive(operand, one, mode, known))) : UNKNOWN,
  $some: (operand, value, mode, known) =>
    Array.isArray(value) ? most(value.map((one) => naive(operand, one, mode, known))) : UNKNOWN,
  $unordered: (operand, value, mode, known) =>
    list(listOf(operand), value, 'unordered', { mode, known, otherType: UNKNOWN }),
  $partial: (operand, value, mode, known) =>
    naive(operand, value, { ...mode, keys: 'partial' }, known),
  $not: (operand, value, mode, known) => turned(naive(operand, value, mode, known)),
  $and: (operand, value, mode, known) =>
    least(listOf(operand).map((one) => naive(one, value, mode, known))),
  $or: (operand, value, mode, known) =>
    most(listOf(operand).map((one) => naive(one, value, mode, known))),
  $ref: (operand, value, _mode, known) =>
    known.has(String(operand)) ? same(value, known.get(String(operand))) : UNKNOWN,
  $as: (operand, value, _mode, known) =>
    known.has(String(operand)) ? same(value, known.get(String(operand))) : YES,
};

function compared(value: unknown, bound: unknown, holds: (sign: number) => boolean): Tri {
  if (typeof value === 'number' && typeof bound === 'number') {
    const unsafe = Math.abs(value) > UNSAFE || Math.abs(bound) > UNSAFE;
    return unsafe ? UNKNOWN : yes(holds(value - bound));
  }
  const [left, right] = [instant(value), instant(bound)];
  return left === null || right === null ? UNKNOWN : yes(holds(left - right));
}

function instant(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return null;
  return Date.parse(/T.*(Z|[+-]\d\d:\d\d)$|^.{10}$/.test(value) ? value : `${value}Z`);
}

function textual(value: unknown, test: (text: string) => boolean): Tri {
  return typeof value === 'string' ? yes(test(value)) : UNKNOWN;
}

function loose(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '');
}

function typesOf(value: unknown): string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  return Number.isInteger(value) ? ['number', 'integer'] : [typeof value];
}

function listOf(operand: unknown): readonly unknown[] {
  return operand as unknown[]; // as generated
}

function yes(holds: boolean): Tri {
  return holds ? YES : NO;
}

function turned(answer: Tri): Tri {
  return answer === UNKNOWN ? UNKNOWN : yes(answer === NO);
}

function least(answers: readonly Tri[]): Tri {
  if (answers.includes(NO)) return NO;
  return answers.includes(UNKNOWN) ? UNKNOWN : YES;
}

function most(answers: readonly Tri[]): Tri {
  if (answers.includes(YES)) return YES;
  return answers.includes(UNKNOWN) ? UNKNOWN : NO;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
