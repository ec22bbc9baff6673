import { isObject } from '../json/object.ts';
import { allOf, capture, elements, noMatch, optionally, sized, someOf } from './combine.ts';
import { fromInput, fromResults } from './from.ts';
import { listOf } from './list-of.ts';
import { literal } from './literal.ts';
import { asSolutions, differencesOf, type Matcher, whole } from './matcher.ts';
import { objectOf } from './object-of.ts';
import { refuse } from './operand-operators.ts';
import type { Compiling, Operator, Path } from './operator.ts';
import { NO, UNKNOWN } from './tri.ts';
import { capturedValue, refName, withCaptured } from './with-ref.ts';

/** Operators that hold matchers, name captures or ask where a value came from. */
export const nestingOperators: Record<string, Operator> = {
  $optional: (operand, path, context) => optionally(context.compile(operand, path)),
  $size: (operand, path, context) => {
    const isLength = isObject(operand) || (Number.isSafeInteger(operand) && Number(operand) >= 0);
    if (isLength) return sized(context.compile(operand, path));
    return refuse(context, path, '$size', 'a whole number from 0, or a matcher of one', operand);
  },
  $each: (operand, path, context) => elements('each', context.compile(operand, path)),
  $some: (operand, path, context) => elements('some', context.compile(operand, path)),
  $unordered: (operand, path, context) => {
    const name = refName(operand);
    if (name !== null) return withCaptured({ name, absent: NO, build: sameElements });
    if (!Array.isArray(operand)) {
      return refuse(context, path, '$unordered', 'a list of matchers', operand);
    }
    return listOf(compileEach(operand, path, context), 'unordered', UNKNOWN);
  },
  $partial: (operand, path, context) => partially(operand, path, context),
  $not: (operand, path, context) => negated(operand, path, context),
  $and: (operand, path, context) => joined('$and', operand, path, context),
  $or: (operand, path, context) => joined('$or', operand, path, context),
  $as: (operand, path, context) =>
    isName(operand) ? capture(operand) : refuse(context, path, '$as', 'a name', operand),
  $ref: (operand, path, context) =>
    isName(operand) ? capturedValue(operand) : refuse(context, path, '$ref', 'a name', operand),
  $from: (operand, path, context) => {
    const name = refName(operand);
    if (name !== null) return withCaptured({ name, absent: NO, build: origin });
    return origin(operand) ?? refuse(context, path, '$from', 'a list of tools, or input', operand);
  },
};

function origin(operand: unknown): Matcher | null {
  if (operand === 'input') return fromInput();
  const tools = Array.isArray(operand) && operand.length > 0 && operand.every(isName);
  return tools ? fromResults(operand) : null;
}

function sameElements(captured: unknown): Matcher | null {
  return Array.isArray(captured) ? listOf(captured.map(literal), 'unordered', UNKNOWN) : null;
}

function partially(operand: unknown, path: Path, context: Compiling): Matcher {
  const name = refName(operand);
  if (name !== null) {
    const build = (captured: unknown) => ofItsType(captured, partOf(captured, context));
    return withCaptured({ name, absent: NO, build });
  }
  return ofItsType(operand, context.compile(operand, path, { ...context.mode, keys: 'partial' }));
}

/** Data of which a value must hold at least these keys, at any depth; its keys are never operators. */
function partOf(data: unknown, context: Compiling): Matcher {
  if (Array.isArray(data)) {
    return listOf(
      data.map((item) => partOf(item, context)),
      context.mode.lists,
    );
  }
  if (!isObject(data)) return literal(data);
  const keys = Object.keys(data);
  const values = keys.map((key) => partOf(data[key], context));
  return objectOf({ keys, values, rest: null, closed: false });
}

/** Speaks of objects, or of lists where a list is given: any other type cannot be told. */
function ofItsType(operand: unknown, inner: Matcher): Matcher {
  const speaksOf = Array.isArray(operand) ? Array.isArray : isObject;
  if (typeof operand !== 'object' || operand === null) return inner;
  const other = (value: unknown) => typeof value !== 'symbol' && !speaksOf(value);
  return whole({
    binds: inner.binds,
    refs: inner.refs,
    // what a value of another type says is unknown, whatever the inner matcher wants
    test: (value, scope) => (other(value) ? UNKNOWN : inner.test(value, scope)),
    words: (env) => inner.words(env),
    solve: (value, scope) =>
      other(value) ? asSolutions(UNKNOWN, scope.env) : inner.solve(value, scope),
    shape: inner.shape,
    distance: (value, scope) => inner.distance(value, scope),
    differences: (value, scope, at) =>
      other(value)
        ? differencesOf(UNKNOWN, value, at, inner.words(scope.env))
        : inner.differences(value, scope, at),
  });
}

function isName(operand: unknown): operand is string {
  return typeof operand === 'string' && operand !== '';
}

function compileEach(operand: readonly unknown[], path: Path, context: Compiling): Matcher[] {
  return operand.map((item, index) => context.compile(item, [...path, index]));
}

function joined(key: '$and' | '$or', operand: unknown, path: Path, context: Compiling): Matcher {
  if (!Array.isArray(operand) || operand.length === 0) {
    return refuse(context, path, key, 'a list of matchers with at least one entry', operand);
  }
  const parts = compileEach(operand, path, context);
  return key === '$and' ? allOf(parts) : someOf(parts);
}

function negated(operand: unknown, path: Path, context: Compiling): Matcher {
  const inner = context.compile(operand, path);
  if (inner.binds.length > 0) {
    context.report(
      path,
      `$not cannot hold $as (${inner.binds.join(', ')}): what does not match captures nothing`,
    );
    return literal(undefined);
  }
  return noMatch(inner);
}
