import type * as z from 'zod';
import { isObject, ownValue } from '../json/object.ts';
import { nearestName } from '../match/nearest-name.ts';
import { showValue } from '../match/show.ts';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const LONGEST = 60;
const MOST_NAMES = 30;
const types: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map',
  record: 'a map',
};

/** The words of a fault that a schema found; each unknown key has a line of its own. */
export function schemaMessage(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeMessage(issue);
    case 'invalid_value':
      return valueMessage(issue.values, issue.input);
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, knownKeys(issue.inst))).join('\n');
    case 'too_small':
      return `Expected ${sizeWords(issue.origin, issue.minimum, issue.inclusive, 'least')}, ${got(issue.input)}`;
    case 'too_big':
      return `Expected ${sizeWords(issue.origin, issue.maximum, issue.inclusive, 'most')}, ${got(issue.input)}`;
    case 'invalid_union':
      return unionMessage(issue);
    default:
      return `Not valid: ${got(issue.input)}`;
  }
}

/** A type that a schema expects, in words. */
export function typeWords(expected: string): string {
  return types[expected] ?? expected;
}

/** An unknown key with the nearest known one, or all that are known. */
function unknownKey(key: string, known: readonly string[]): string {
  const near = nearestName(key, known);
  const shown = JSON.stringify(key);
  if (near !== null) return `Unknown key ${shown}, ${suggestion(near)}`;
  return `Unknown key ${shown}${known.length > 0 ? `, expected one of ${someOf(known)}` : ''}`;
}

/** The half sentence that offers a name. */
export function suggestion(name: string): string {
  return `did you mean "${name}"?`;
}

/** The name that a message offers, null where it offers none. */
export function suggested(message: string): string | null {
  return /did you mean "([^"]*)"\?$/.exec(message)?.[1] ?? null;
}

/** How the message about a missing key begins. */
export function missing(key: string): string {
  return `"${key}" is missing`;
}

/** The names that there are, as many as a message can hold. */
export function someOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown}, …` : shown;
}

/** What a value is, for the end of a fault. */
export function got(value: unknown): string {
  if (value === null || value === undefined) return 'but nothing stands here';
  return `got ${showValue(value, LONGEST)}`;
}

function typeMessage({ expected, input, path }: RawIssue & { code: 'invalid_type' }): string {
  if (input === undefined) {
    const wanted = expected === 'nonoptional' ? '' : `, expected ${typeWords(expected)}`;
    return `${missing(String(path?.at(-1) ?? ''))}${wanted}`;
  }
  const unquoted =
    expected === 'string' && (typeof input === 'number' || typeof input === 'boolean');
  const mend = unquoted ? '; write it in quotes' : '';
  return `Expected ${typeWords(expected)}, ${got(input)}${mend}`;
}

function valueMessage(values: readonly unknown[], input: unknown): string {
  const known = values.map(String);
  const near = typeof input === 'string' ? nearestName(input, known) : null;
  const mend = near === null ? '' : `, ${suggestion(near)}`;
  return `Expected ${listWords(known)}, ${got(input)}${mend}`;
}

/** Names as a half sentence: `a, b or c`. */
export function listWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

/** About a map that has none of the tags by which its kind is told. */
function unionMessage(issue: RawIssue & { code: 'invalid_union' }): string {
  const { input, discriminator: key = '' } = issue;
  if (!isObject(input) || !Array.isArray(issue.options)) return `Not valid: ${got(input)}`;
  const tag = ownValue(input, key);
  return tag === undefined ? missing(key) : valueMessage(issue.options, tag);
}

function sizeWords(
  origin: string,
  bound: number | bigint,
  inclusive: boolean | undefined,
  end: 'least' | 'most',
): string {
  if (origin === 'string')
    return Number(bound) === 1 ? 'text that is not empty' : `text of at ${end} ${bound} characters`;
  if (origin === 'array')
    return `a list of at ${end} ${bound} ${Number(bound) === 1 ? 'entry' : 'entries'}`;
  if (inclusive) return `a number of at ${end} ${bound}`;
  return `a number ${end === 'least' ? 'above' : 'below'} ${bound}`;
}

function knownKeys(inst: unknown): readonly string[] {
  // an issue about unknown keys comes from an object schema, which holds its shape
  const shape = (inst as z.ZodObject | undefined)?._zod?.def?.shape;
  return shape ? Object.keys(shape) : [];
}
