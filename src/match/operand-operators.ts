import { messageOf } from '../errors.ts';
import { isObject } from '../json/object.ts';
import { exists } from './combine.ts';
import { approximately, differs, instantOf, noneOf, oneOf, ordered } from './compare.ts';
import { compileSchema } from './engines.ts';
import { literal } from './literal.ts';
import { leaf, type Matcher } from './matcher.ts';
import { didYouMean } from './nearest-name.ts';
import type { Compiling, Operator, Path } from './operator.ts';
import { hasUnknown, isUnsafe } from './same-json.ts';
import { showValue } from './show.ts';
import { contains, endsWith, hasType, looseText, regex, startsWith, typeNames } from './text.ts';
import { NO, type Tri, tri, UNKNOWN, YES } from './tri.ts';
import { refName, withCaptured } from './with-ref.ts';

/** An operator whose operand is data or a captured value. */
interface DataOperator {
  /** What the operand must be, in words. */
  wanted: string;
  absent?: Tri;
  /** Builds the matcher; null where the operand is not what is wanted. */
  build(operand: unknown): Matcher | null;
}

const number = (operand: unknown): operand is number =>
  typeof operand === 'number' && Number.isFinite(operand);
const text = (operand: unknown): operand is string => typeof operand === 'string';

const bound = (order: '$gt' | '$gte' | '$lt' | '$lte'): DataOperator => ({
  wanted: 'a number, or an ISO date or time',
  build: (operand) => {
    const comparable = number(operand) || (text(operand) && instantOf(operand) !== null);
    return comparable ? ordered(order, operand) : null;
  },
});

const withText = (build: (part: string) => Matcher): DataOperator => ({
  wanted: 'a text',
  build: (operand) => (text(operand) ? build(operand) : null),
});

const dataOperators: Record<string, DataOperator> = {
  $ne: { wanted: 'a value', absent: YES, build: differs },
  $in: {
    wanted: 'a list of values',
    build: (operand) => (Array.isArray(operand) ? oneOf(operand) : null),
  },
  $nin: {
    wanted: 'a list of values',
    absent: YES,
    build: (operand) => (Array.isArray(operand) ? noneOf(operand) : null),
  },
  $gt: bound('$gt'),
  $gte: bound('$gte'),
  $lt: bound('$lt'),
  $lte: bound('$lte'),
  $contains: { wanted: 'a value', build: contains },
  $starts_with: withText(startsWith),
  $ends_with: withText(endsWith),
  $regex: withText(regex),
  $text: withText(looseText),
};

/** Operators whose operand is data. */
export const operandOperators: Record<string, Operator> = {
  $eq: (operand) => literal(operand),
  ...Object.fromEntries(
    Object.entries(dataOperators).map(([key, operator]) => [key, dataOperator(key, operator)]),
  ),
  $type: (operand, path, context) => type(operand, path, context),
  $approx: (operand, path, context) => approx(operand, path, context),
  $schema: (operand, path, context) => schema(operand, path, context),
  $exists: (operand, path, context) => {
    const name = refName(operand);
    if (name !== null) return withCaptured({ name, absent: null, build: existence });
    return existence(operand) ?? refuse(context, path, '$exists', 'true or false', operand);
  },
  $any: (operand, path, context) =>
    operand === true ? exists(true) : refuse(context, path, '$any', 'true', operand),
};

function dataOperator(key: string, { wanted, absent, build }: DataOperator): Operator {
  return (operand, path, context) => {
    const name = refName(operand);
    if (name !== null) return withCaptured({ name, absent: absent ?? NO, build: quietly(build) });
    const marked = markedKey(operand);
    if (marked !== null) {
      context.report(
        path,
        `${key} takes data: write keys that start with $, such as ${marked}, under $eq`,
      );
      return literal(undefined);
    }
    try {
      return build(operand) ?? refuse(context, path, key, wanted, operand);
    } catch (thrown) {
      return refuse(context, path, key, `a valid pattern (${messageOf(thrown)})`, operand);
    }
  };
}

/** A builder that answers null instead of throwing: a captured text need not be a pattern. */
function quietly(build: DataOperator['build']): DataOperator['build'] {
  return (operand) => {
    try {
      return build(operand);
    } catch {
      return null;
    }
  };
}

function markedKey(operand: unknown): string | null {
  if (Array.isArray(operand)) return operand.map(markedKey).find((key) => key !== null) ?? null;
  if (!isObject(operand)) return null;
  return Object.keys(operand).find((key) => key.startsWith('$')) ?? null;
}

const ofType = dataOperator('$type', {
  wanted: `one or a list of ${typeNames.join(', ')}`,
  build: (operand) => {
    const names: unknown[] = Array.isArray(operand) ? operand : [operand];
    const known = names.filter(isTypeName);
    return names.length > 0 && known.length === names.length ? hasType(known) : null;
  },
});

/** Tells of each name that is no type, at its place. */
function type(operand: unknown, path: Path, context: Compiling): Matcher {
  const names: unknown[] = Array.isArray(operand) ? operand : [operand];
  const wrong = names.flatMap((name, index) =>
    text(name) && !isTypeName(name) ? [{ name, index }] : [],
  );
  if (wrong.length === 0) return ofType(operand, path, context);
  for (const { name, index } of wrong) {
    const at = Array.isArray(operand) ? [...path, index] : path;
    context.report(at, `Unknown type ${showValue(name, 80)}: ${didYouMean(name, typeNames)}`);
  }
  return literal(undefined);
}

function isTypeName(name: unknown): name is string {
  return text(name) && typeNames.includes(name);
}

function existence(operand: unknown): Matcher | null {
  return typeof operand === 'boolean' ? exists(operand) : null;
}

const approxKeys = ['value', 'within'];

function approx(operand: unknown, path: Path, context: Compiling): Matcher {
  const whole = refName(operand);
  if (whole !== null) return withCaptured({ name: whole, absent: NO, build: nearness });
  const { value, within } = partsOf(operand);
  const others = Object.keys(partsOf(operand)).filter((key) => !approxKeys.includes(key));
  for (const key of others) {
    const message = `Unknown key "${key}" in $approx: ${didYouMean(key, approxKeys)}`;
    context.report([...path, key], message, 'key');
  }
  if (others.length > 0) return literal(undefined);
  const base = refName(value);
  const reach = refName(within);
  if (base !== null && reach === null && nearness({ value: 0, within })) {
    const build = (captured: unknown) => nearness({ value: captured, within });
    return withCaptured({ name: base, absent: NO, build });
  }
  if (reach !== null && nearness({ value, within: 0 })) {
    const build = (captured: unknown) => nearness({ value, within: captured });
    return withCaptured({ name: reach, absent: NO, build });
  }
  const wanted = '{ value: number, within: number }';
  return nearness(operand) ?? refuse(context, path, '$approx', wanted, operand);
}

function nearness(operand: unknown): Matcher | null {
  const { value, within, ...others } = partsOf(operand);
  if (!number(value) || !number(within) || within < 0 || isUnsafe(value)) return null;
  return Object.keys(others).length === 0 ? approximately(value, within) : null;
}

function partsOf(operand: unknown): Record<string, unknown> {
  return isObject(operand) ? operand : {};
}

function schema(operand: unknown, path: Path, context: Compiling): Matcher {
  const name = refName(operand);
  if (name !== null && !name.includes('#')) {
    return withCaptured({ name, absent: NO, build: quietly(validity) });
  }
  try {
    return validity(operand) ?? refuse(context, path, '$schema', 'a JSON Schema', operand);
  } catch (thrown) {
    return refuse(context, path, '$schema', `a valid JSON Schema (${messageOf(thrown)})`, operand);
  }
}

function validity(operand: unknown): Matcher | null {
  if (!isObject(operand) && typeof operand !== 'boolean') return null;
  const valid = compileSchema(operand);
  return leaf({
    test: (value) => (hasUnknown(value) ? UNKNOWN : tri(valid(value))),
    words: () => 'valid under the JSON Schema',
  });
}

/** Reports an operand that is not what the operator takes. */
export function refuse(
  context: Compiling,
  path: Path,
  key: string,
  wanted: string,
  operand: unknown,
): Matcher {
  context.report(path, `${key} takes ${wanted}, not ${showValue(operand, 80)}`);
  return literal(undefined);
}
