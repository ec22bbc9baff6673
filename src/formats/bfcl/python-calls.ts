import { NotPython, PythonText } from './python-text.ts';

/** A call in the syntax of Python. */
export interface PythonCall {
  /** Name of the function, dots and all. */
  readonly name: string;
  /** Arguments that were given by name. */
  readonly named: Readonly<Record<string, unknown>>;
  /** Arguments that were given by position. */
  readonly positional: readonly unknown[];
  /** As it was written. */
  readonly text: string;
}

const MAX_DEPTH = 100;
const CONSTANTS: ReadonlyMap<string, unknown> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/** The calls of a list such as `[f(a=1), g(b="x")]`, with brackets or without; null for any other text. */
export function pythonCalls(text: string): PythonCall[] | null {
  const bare = text.replace(/^[\s`]+|[\s`]+$/g, '').replace(/^[[\]']+|[[\]']+$/g, '');
  try {
    const source = new PythonText(bare);
    const calls: PythonCall[] = [];
    do calls.push(callOf(source, 0));
    while (source.takes(',') && !source.atEnd());
    return source.atEnd() ? calls : null;
  } catch (thrown) {
    if (thrown instanceof NotPython) return null;
    throw thrown;
  }
}

function callOf(source: PythonText, depth: number): PythonCall {
  const start = source.place;
  const name = dottedName(source);
  if (name === null) throw new NotPython('no name of a function');
  return argumentsOf(source, name, start, depth);
}

function dottedName(source: PythonText): string | null {
  const parts: string[] = [];
  do {
    const part = source.name();
    if (part === null) return null;
    parts.push(part);
  } while (source.takes('.'));
  return parts.join('.');
}

function argumentsOf(source: PythonText, name: string, start: number, depth: number): PythonCall {
  source.expect('(');
  const named = new Map<string, unknown>();
  const positional: unknown[] = [];
  while (!source.takes(')')) {
    const argument = argumentOf(source, depth + 1);
    if (argument.key === null) positional.push(argument.value);
    else if (named.has(argument.key)) throw new NotPython('one argument twice');
    else named.set(argument.key, argument.value);
    if (!source.sees(')')) source.expect(',');
  }
  const text = source.since(start);
  return { name, named: Object.fromEntries(named), positional, text };
}

function argumentOf(source: PythonText, depth: number): { key: string | null; value: unknown } {
  const start = source.place;
  const key = source.name();
  if (key === null) return { key, value: sum(source, depth) };
  if (!source.sees('==') && source.takes('=')) return { key, value: sum(source, depth) };
  return { key: null, value: operated(source, nameValue(source, key, start, depth), depth, 0) };
}

const OPERATORS: readonly (readonly [string, number, (a: number, b: number) => number])[] = [
  ['**', 3, (a, b) => a ** b],
  ['//', 2, (a, b) => Math.floor(a / b)],
  ['*', 2, (a, b) => a * b],
  ['/', 2, (a, b) => a / b],
  ['+', 1, (a, b) => a + b],
  ['-', 1, (a, b) => a - b],
];

/** A value, reckoned out where numbers are put together. */
function sum(source: PythonText, depth: number, least = 0): unknown {
  return operated(source, pythonValue(source, depth), depth, least);
}

function operated(source: PythonText, first: unknown, depth: number, least: number): unknown {
  let left = first;
  for (;;) {
    const next = OPERATORS.find(([sign]) => source.sees(sign));
    if (next === undefined || next[1] < least) return left;
    const [sign, rank, apply] = next;
    source.expect(sign);
    const right = sum(source, depth + 1, sign === '**' ? rank : rank + 1);
    left = apply(numberOf(left), numberOf(right));
    if (!Number.isFinite(left)) throw new NotPython('no such number');
  }
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new NotPython('only numbers are reckoned with');
}

function pythonValue(source: PythonText, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new NotPython('nested too deeply');
  if (source.takes('-')) return -numberOf(sum(source, depth + 1, 3)) + 0; // -0 is 0
  if (source.takes('+')) return numberOf(sum(source, depth + 1, 3));
  if (source.takes('[')) return listUntil(source, ']', depth);
  if (source.takes('{')) return dictOf(source, depth);
  if (source.takes('(')) return parenthesised(source, depth);
  const start = source.place;
  const plain = source.string() ?? source.number();
  if (plain !== null) return plain;
  const name = source.name();
  if (name === null) throw new NotPython('no value');
  return nameValue(source, name, start, depth);
}

/** What a name stands for: a constant, a call, or a variable, of which the name is all that is known. */
function nameValue(source: PythonText, name: string, start: number, depth: number): unknown {
  if (CONSTANTS.has(name)) return CONSTANTS.get(name);
  if (!source.sees('(') && !source.sees('.')) return name;
  const rest = source.takes('.') ? dottedName(source) : '';
  if (rest === null) throw new NotPython('no name after a dot');
  const whole = rest === '' ? name : `${name}.${rest}`;
  const call = argumentsOf(source, whole, start, depth);
  return Object.keys(call.named).length === 0 ? call.text : { [whole]: call.named };
}

function listUntil(source: PythonText, end: string, depth: number): unknown[] {
  const items: unknown[] = [];
  while (!source.takes(end)) {
    items.push(sum(source, depth + 1));
    if (!source.sees(end)) source.expect(',');
  }
  return items;
}

/** A tuple is a list in JSON; one value alone is itself. */
function parenthesised(source: PythonText, depth: number): unknown {
  if (source.takes(')')) return [];
  const first = sum(source, depth + 1);
  if (source.takes(')')) return first;
  source.expect(',');
  return [first, ...listUntil(source, ')', depth)];
}

function dictOf(source: PythonText, depth: number): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  while (!source.takes('}')) {
    const key = source.string();
    if (key === null) throw new NotPython('only texts are keys in JSON');
    source.expect(':');
    entries.push([key, sum(source, depth + 1)]);
    if (!source.sees('}')) source.expect(',');
  }
  return Object.fromEntries(entries);
}
