import { isObject } from '../json/object.ts';
import { readPattern } from '../match/pattern-source.ts';
import type { Expectations } from '../model/expectations.ts';
import type { ExpectationKind } from './kinds.ts';

/** Parts of a block of calls that name tools without wanting a call of them. */
const NOT_WANTED: ReadonlySet<unknown> = new Set(['among', 'subset']);

/** The calls that a goal wants, in words that an agent understands: tools by name, with the arguments that are literal; empty where it names none. */
export function goalCalls(goal: Expectations, kinds: readonly ExpectationKind[]): string {
  const kind = kinds.find(({ key }) => key === 'calls');
  const value = goal['calls'];
  const patterns = value === undefined ? [] : (kind?.patterns?.(value) ?? []);
  const wanted = patterns.filter(({ path }) => !path.some((key) => NOT_WANTED.has(key)));
  const words = wanted.flatMap(({ pattern, path }) => {
    const read = readPattern(pattern, { requires: false, counted: true }, () => {}, path);
    if (!read || read.tool.includes('*')) return [];
    const args = argumentsIn(read.args?.value).map(([name, given]) => wordsOf(name, given));
    return [args.length > 0 ? `${read.tool} with ${args.join(', ')}` : read.tool];
  });
  return [...new Set(words)].join('; then ');
}

/** The arguments that a pattern names, `$partial` looked through. */
function argumentsIn(args: unknown): [string, unknown][] {
  if (!isObject(args)) return [];
  if (Object.hasOwn(args, '$partial')) return argumentsIn(args['$partial']);
  return Object.entries(args).filter(([name]) => !name.startsWith('$'));
}

function wordsOf(name: string, given: unknown): string {
  const literal =
    isObject(given) && Object.hasOwn(given, '$eq')
      ? given['$eq']
      : hasOperators(given)
        ? null
        : given;
  return literal === null ? name : `${name} = ${JSON.stringify(literal)}`;
}

function hasOperators(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasOperators);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, inner]) => key.startsWith('$') || hasOperators(inner));
}
