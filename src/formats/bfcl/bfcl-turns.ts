import { canonicalJson } from '../../json/canonical.ts';
import { ownValue } from '../../json/object.ts';
import { recordFault } from '../each-record.ts';
import { literally, matcherPattern } from '../trajectory-to-suite.ts';
import { type BfclFunction, toolNameOf } from './bfcl-tools.ts';
import { type PythonCall, pythonCalls } from './python-calls.ts';

/** What is expected of conversations: each expected call of any turn was made, and others may have been. Throws `input_fault`. */
export function expectedTurns(
  turns: readonly (readonly string[])[],
  functions: readonly BfclFunction[],
): Record<string, unknown> {
  const patterns = turns.flat().map((text) => {
    const call = callIn(text);
    const wanted = withDefaults(call.name, argumentsOf(call, functions), functions);
    return matcherPattern(toolNameOf(call.name), wanted);
  });
  if (patterns.length > 0) return { calls: { any_order: patterns } };
  return { undecided: 'No call is expected, and what was done can be told by executing it only' };
}

function callIn(text: string): PythonCall {
  const [call, ...others] = pythonCalls(text) ?? [];
  if (call && others.length === 0) return call;
  throw recordFault(`Its answer holds ${JSON.stringify(text)}, expected a call in Python`);
}

/** Arguments by name; which name a position has, the function tells. */
function argumentsOf(
  { name, named, positional, text }: PythonCall,
  functions: readonly BfclFunction[],
): Record<string, unknown> {
  if (positional.length === 0) return named;
  const lists = functions
    .filter((one) => one.name === name)
    .map(({ parameters }) => Object.keys(parameters.properties ?? {}));
  const [names, ...others] = lists;
  const quoted = JSON.stringify(text);
  if (names === undefined) {
    const wanted = `expected "${name}" among the functions of --tools, to name them`;
    throw recordFault(`Its answer ${quoted} gives arguments by position, ${wanted}`);
  }
  const isOne = others.every((list) => list.join('\n') === names.join('\n'));
  const taken = names.slice(0, positional.length);
  if (
    !isOne ||
    taken.length < positional.length ||
    taken.some((key) => Object.hasOwn(named, key))
  ) {
    throw recordFault(`Its answer ${quoted} does not fit the arguments of "${name}" in --tools`);
  }
  return { ...Object.fromEntries(taken.map((key, at) => [key, positional[at]])), ...named };
}

/** Matchers of arguments: one that has its default can be left out, and be given where it is not expected. */
function withDefaults(
  name: string,
  args: Readonly<Record<string, unknown>>,
  functions: readonly BfclFunction[],
): Record<string, unknown> {
  const wanted = new Map(Object.entries(args).map(([key, value]) => [key, literally(value)]));
  const [known, ...others] = functions.filter((one) => one.name === name);
  const properties = others.length === 0 ? known?.parameters.properties : undefined;
  for (const [key, declared] of Object.entries(properties ?? {})) {
    const { default: value = 'None' } = declared;
    if (value === 'None') continue; // so BFCL writes that there is none
    const isDefault = !Object.hasOwn(args, key) || sameValue(ownValue(args, key), value);
    if (isDefault) wanted.set(key, { $optional: literally(value) });
  }
  return Object.fromEntries(wanted);
}

function sameValue(one: unknown, other: unknown): boolean {
  return one === other || canonicalJson(one) === canonicalJson(other);
}
