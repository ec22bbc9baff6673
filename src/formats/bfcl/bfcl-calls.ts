import { ownValue } from '../../json/object.ts';
import { recordFault } from '../each-record.ts';
import { matcherPattern } from '../trajectory-to-suite.ts';
import { argumentMatcher, NEVER } from './bfcl-matcher.ts';
import { type BfclFunction, toolNameOf } from './bfcl-tools.ts';

type Expected = Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;

/** What is expected of calls for which acceptable values are given: as many, in any order. Throws `input_fault`. */
export function expectedCalls(
  expected: Expected | readonly Expected[],
  functions: readonly BfclFunction[],
): Record<string, unknown> {
  const list = Array.isArray(expected) ? expected : [expected];
  const patterns = list.flatMap((calls: Expected) =>
    Object.entries(calls).map(([name, values]) => patternOf(functionOf(name, functions), values)),
  );
  return { calls: patterns.length > 1 ? { unordered: patterns } : { exact: patterns } };
}

/** The function of a name; where one is called twice, its keys are numbered: `play_1`, `play 2`. */
function functionOf(name: string, functions: readonly BfclFunction[]): BfclFunction {
  const bare = name.replace(/[_ ]\d+$/, '');
  const found =
    functions.find((one) => one.name === name) ?? functions.find((one) => one.name === bare);
  if (found) return found;
  throw recordFault(`Its answer calls "${name}", expected a function that its question names`);
}

function patternOf(
  { name, parameters: { properties = {}, required } }: BfclFunction,
  values: Readonly<Record<string, readonly unknown[]>>,
): unknown {
  const needed = new Set(required ?? []);
  const names = [
    ...Object.keys(values),
    ...[...needed].filter((key) => !Object.hasOwn(values, key)),
  ];
  const entries = names.map((key): [string, unknown] => {
    const accepted = ownValue(values, key) as readonly unknown[] | undefined; // as the type says
    const declared = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (accepted === undefined) return [key, NEVER]; // it must be given, and nothing is accepted
    if (declared === undefined) return [key, accepted.includes('') ? { $exists: false } : NEVER];
    const matcher = argumentMatcher(declared, needed.has(key), accepted);
    if (matcher !== null) return [key, matcher];
    const words = `has the type "${declared.type ?? ''}", expected one that BFCL has for Python`;
    throw recordFault(`The argument "${key}" of "${name}" ${words}`);
  });
  return matcherPattern(toolNameOf(name), Object.fromEntries(entries));
}
