import { isObject } from '../json/object.ts';
import { allOf } from './combine.ts';
import { listOf } from './list-of.ts';
import { literal } from './literal.ts';
import type { Matcher } from './matcher.ts';
import { didYouMean } from './nearest-name.ts';
import { nestingOperators } from './nesting-operators.ts';
import { objectOf } from './object-of.ts';
import { operandOperators } from './operand-operators.ts';
import type { Compiling, Mode, Operator, Path, Report } from './operator.ts';

/** Required arguments: exact at every depth. */
export const EXACT: Mode = { keys: 'exact', lists: 'ordered' };
/** Results, errors and worlds: partial at every depth. */
export const PARTIAL: Mode = { keys: 'partial', lists: 'ordered' };
/** Arguments of a pattern that selects: partial, and a list holds when each element has one of its own. */
export const SELECTING: Mode = { keys: 'partial', lists: 'contained' };

const operators: Readonly<Record<string, Operator>> = { ...operandOperators, ...nestingOperators };

/** The `$` names that are known. */
export const operatorNames: readonly string[] = [...Object.keys(operators), '$rest'];

/** Compiles a matcher as written; faults are reported, and what is faulty matches nothing. */
export function compileMatcher(
  source: unknown,
  mode: Mode,
  report: Report,
  path: Path = [],
): Matcher {
  const compiling = (inMode: Mode): Compiling => ({
    mode: inMode,
    report,
    compile: (inner, at, other = inMode) => compileIn(inner, at, compiling(other)),
  });
  return compileIn(source, path, compiling(mode));
}

function compileIn(source: unknown, path: Path, context: Compiling): Matcher {
  if (Array.isArray(source)) {
    const items = source.map((item, index) => context.compile(item, [...path, index]));
    return listOf(items, context.mode.lists);
  }
  if (!isObject(source)) return literal(source);
  const keys = Object.keys(source);
  const marked = keys.filter((key) => key.startsWith('$'));
  if (marked.length === 0 || (marked.length === 1 && marked[0] === '$rest')) {
    return compileObject(source, keys, path, context);
  }
  if (marked.length < keys.length) reportMixed(source, keys, path, context);
  return allOf(marked.map((key) => compileOperator(key, source[key], [...path, key], context)));
}

function compileObject(
  source: Record<string, unknown>,
  all: readonly string[],
  path: Path,
  context: Compiling,
): Matcher {
  const keys = all.filter((key) => key !== '$rest');
  return objectOf({
    keys,
    values: keys.map((key) => context.compile(source[key], [...path, key])),
    rest: keys.length < all.length ? context.compile(source['$rest'], [...path, '$rest']) : null,
    closed: context.mode.keys === 'exact',
  });
}

/** Says that plain keys and operators cannot be mixed, and what is wrong under the plain ones. */
function reportMixed(
  source: Record<string, unknown>,
  keys: readonly string[],
  path: Path,
  context: Compiling,
): void {
  const plain = keys.filter((key) => !key.startsWith('$'));
  const operator = keys.find((key) => key.startsWith('$') && key !== '$rest');
  context.report(
    [...path, plain[0] ?? ''],
    `Cannot mix the plain key "${plain[0]}" with the operator ${operator}: ` +
      'an object has either operators or plain keys (with $rest beside them); ' +
      'write data whose keys start with $ under $eq',
    'key',
  );
  for (const key of plain) context.compile(source[key], [...path, key]);
}

function compileOperator(key: string, operand: unknown, path: Path, context: Compiling): Matcher {
  const operator = Object.hasOwn(operators, key) ? operators[key] : undefined;
  if (key === '$rest') {
    const message = '$rest stands beside plain keys, not beside operators: it is about the others';
    context.report(path, message, 'key');
    context.compile(operand, path);
    return literal(undefined);
  }
  if (!operator) {
    context.report(
      path,
      `Unknown operator ${key}: ${didYouMean(key, operatorNames)} (data with $ keys is written under $eq)`,
      'key',
    );
    return literal(undefined);
  }
  return operator(operand, path, context);
}
